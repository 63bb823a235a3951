"""Why a backup is not made, not believed or not restored."""


class BackupFailed(Exception):
    """What is in the way, and what the operator can do about it."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem} {remedy}".rstrip())
        self.problem = problem
        self.remedy = remedy


class Damaged(BackupFailed):
    """Something in a backup is not what was written."""
