"""Why the program does not start."""


class CannotStart(Exception):
    """What is in the way, and what the operator can do about it."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
