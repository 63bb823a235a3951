"""Refusals that only HTTP knows: about methods, media types, deadlines and overload."""

from collections.abc import Mapping, Sequence

from rift.errors import Refusal


class MethodNotHere(Refusal):
    """The path exists, the method does not."""

    status = 405
    message = "405: Method Not Allowed"

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__()
        self._allowed = ", ".join(allowed)

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Allow": self._allowed}


class WrongMediaType(Refusal):
    status = 415
    code = 50_035

    def __init__(self, expected: Sequence[str]) -> None:
        super().__init__(f"Expected the Content-Type header to be one of {', '.join(expected)}.")


class ReasonTooLong(Refusal):
    status = 400
    code = 50_035
    message = "X-Audit-Log-Reason must be 512 or fewer in length."


class BadRequest(Refusal):
    status = 400
    message = "400: Bad Request"


class HeaderTooLarge(Refusal):
    status = 431
    message = "431: Request Header Fields Too Large"


class VersionNotSupported(Refusal):
    """A WebSocket version other than 13."""

    status = 426
    message = "426: Upgrade Required"

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Sec-WebSocket-Version": "13"}


class TooManyConnections(Refusal):
    status = 503
    message = "Too many connections from your address. Close some and try again."


class DatabaseAway(Refusal):
    """A part we cannot do without is away for the moment, above all the database."""

    status = 503
    message = "The server cannot reach its database. Try again in a few seconds."

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Retry-After": "5"}


class DeadlinePassed(Refusal):
    status = 504
    message = "The request took too long and was given up. Try again in a moment."
