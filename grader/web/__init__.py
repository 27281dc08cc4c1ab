"""The live page: `python -m grader serve`. It listens on this machine only.

`desk.py` keeps what is known, `judging.py` finds it out, `app.py` answers browsers,
`security.py` says what they may and may not, `server.py` holds it all together.
"""
