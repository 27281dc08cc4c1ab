"""`python -m grader watch`: the verdict on an exercise whenever its file is saved.

- `state.py`    which exercise is shown, and what is known; pure
- `view.py`     that, as a picture; pure
- `display.py`  the terminal, or the log in its place
- `keys.py`     single keys from a terminal
- `desk.py`     has answers judged, each as it is now
- `session.py`  lets saves, keys, signals and verdicts meet
"""
