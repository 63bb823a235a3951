"""What usernames and passwords must look like."""

import re
from typing import Final

from rift.config import Settings
from rift.errors import FieldError, InvalidForm

_USERNAME: Final = re.compile(r"(?!.*\.\.)[a-z0-9_.]{2,32}")
_RESERVED: Final = frozenset({"everyone", "here"})
_LONGEST_PASSWORD: Final = 128

TAKEN: Final = FieldError("USERNAME_ALREADY_TAKEN", "This username is taken. Choose another one.")
EMAIL_TAKEN: Final = FieldError("EMAIL_ALREADY_REGISTERED", "Email is already registered.")
WRONG_PASSWORD: Final = FieldError("PASSWORD_DOES_NOT_MATCH", "Password does not match.")
WRONG_LOGIN: Final = FieldError("INVALID_LOGIN", "Login or password is invalid.")


def username(given: str) -> str:
    """A username as it is kept, in lower case."""
    name = given.lower()
    if not 2 <= len(name) <= 32:
        raise InvalidForm.at(
            "username", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 32 in length."
        )
    if not _USERNAME.fullmatch(name):
        raise InvalidForm.at(
            "username",
            "USERNAME_INVALID",
            "Usernames consist of letters a to z, numbers, underscores and single periods.",
        )
    if name in _RESERVED:
        raise InvalidForm.at("username", "USERNAME_INVALID", "This username is reserved.")
    return name


def check_password(settings: Settings, password: str, field: str = "password") -> None:
    """Refuse a new password that is too short or too long."""
    shortest = settings.auth.password_length
    if not shortest <= len(password) <= _LONGEST_PASSWORD:
        raise InvalidForm.at(
            field,
            "BASE_TYPE_BAD_LENGTH",
            f"Must be between {shortest} and {_LONGEST_PASSWORD} in length.",
        )
