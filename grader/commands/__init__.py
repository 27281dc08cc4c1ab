"""The commands of `python -m grader`, one module each: to add a file is to add one.

The module `list.py` is the command `list`. Its docstring's first line says in the help
what it does. Its function `run` is given a `Call` and returns the exit code; it shows
things through `grader.terminal`. Only the command that was typed is ever imported.
"""
