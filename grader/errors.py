"""What the grader says when it is asked for something that it cannot do."""


class UsageError(Exception):
    """One sentence: what is wrong, in backticks, then the next command."""


class CourseError(UsageError):
    """What is wrong with the course, or with the exercises that were asked for."""


class FaultError(Exception):
    """The grader or the course itself is at fault: not a learner, and no typing."""
