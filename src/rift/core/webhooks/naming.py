"""What a webhook may be called."""

from typing import Final

from rift.errors import REQUIRED, InvalidForm

_SOMEBODY_ELSES: Final = ("clyde", "discord")


def checked(name: str, field: str = "name") -> str:
    """The name without the blanks around it; clients take some for somebody else's."""
    bare = name.strip()
    if not bare:
        raise InvalidForm({field: [REQUIRED]})
    for word in _SOMEBODY_ELSES:
        if word in bare.lower():
            words = f'Username cannot contain "{word}"'
            raise InvalidForm.at(field, "USERNAME_INVALID_CONTAINS", words)
    return bare
