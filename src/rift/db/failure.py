"""The one error of the database room: what is wrong, and what to do about it."""


class DatabaseFailure(Exception):
    """The database cannot be started, reached or migrated; `remedy` is for the operator."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}\n{remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy
