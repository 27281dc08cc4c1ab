"""What the learner sees in a browser, live or as one file. Pure: results in, text out.

Every value passes through Jinja2's autoescape; what is `Markup` was made by
`drawing.py` and `lessons.py`, which escape what they are given.
"""
