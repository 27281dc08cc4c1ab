"""Grades the exercises of this course: `python -m grader`."""
