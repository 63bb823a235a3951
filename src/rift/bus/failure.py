"""The one error of the bus: why its broker cannot be reached."""


class BusFailure(Exception):
    """What is wrong, and what the operator can do about it."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
