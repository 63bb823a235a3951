"""The one character no text may hold: PostgreSQL stores no NUL, so none is let in."""

import re
from typing import Final

_HINT: Final = b"\\u0000"
_ESCAPED: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def json_holds_nul(document: bytes) -> bool:
    """Whether a JSON document has a NUL in one of its texts; there it can only be an escape."""
    return _HINT in document and _ESCAPED.search(document) is not None
