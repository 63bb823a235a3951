"""The one answer of a search that is neither a result nor an error."""

from typing import Any, Final

from rift.errors import Refusal

_RETRY_S: Final = 5


class IndexNotReady(Refusal):
    """What was written before there was an index is still being read."""

    status = 202
    code = 110_000
    message = "Index not yet available. Try again later"

    def __init__(self, indexed: int) -> None:
        super().__init__()
        self._indexed = indexed

    def body(self) -> dict[str, Any]:
        return {**super().body(), "documents_indexed": self._indexed, "retry_after": _RETRY_S}
