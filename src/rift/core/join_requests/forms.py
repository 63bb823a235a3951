"""The form a guild has filled in by those who come: how it is kept, and how it is answered."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift.core.join_requests import queries
from rift.core.unit import Unit
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.wire.join_requests import (
    AnsweredFieldBody,
    FormField,
    FormFieldBody,
    MemberVerification,
    SubmitJoinRequest,
)

_NEEDS: Final = {"TERMS": "values", "MULTIPLE_CHOICE": "choices"}
_SHORT: Final = 150
Answer = bool | int | str


async def stored(unit: Unit, guild_id: str) -> MemberVerification | None:
    row = await unit.maybe(queries.FORM, guild_id)
    return None if row is None else msgspec.convert(row, MemberVerification)


def is_reviewed(form: MemberVerification) -> bool:
    """Whether somebody has to read the answers, where rules alone are agreed to."""
    return any(field.field_type != "TERMS" for field in form.form_fields)


def fields(bodies: Sequence[FormFieldBody]) -> list[FormField]:
    """The questions as they are kept."""
    return [_field(number, body) for number, body in enumerate(bodies)]


def answered(form: MemberVerification, body: SubmitJoinRequest) -> list[FormField]:
    """The questions with the answers to them, which fit."""
    if body.version is not None and body.version != form.version:
        words = "The questions have changed meanwhile. Read them again."
        raise InvalidForm.at("version", "MEMBER_VERIFICATION_OUTDATED", words)
    given = body.form_fields or []
    if len(given) != len(form.form_fields):
        words = "All questions of the server must be there."
        raise InvalidForm.at("form_fields", "BASE_TYPE_BAD_LENGTH", words)
    pairs = list(zip(form.form_fields, given, strict=True))
    problems = [_problem(f"form_fields.{at}", *pair) for at, pair in enumerate(pairs)]
    wrong = {path: [error] for path, error in filter(None, problems)}
    if wrong:
        raise InvalidForm(wrong)
    return [_answered(asked, told) for asked, told in pairs]


def _field(number: int, body: FormFieldBody) -> FormField:
    needed = _NEEDS.get(body.field_type)
    if needed is not None and getattr(body, needed) is None:
        raise InvalidForm({f"form_fields.{number}.{needed}": [REQUIRED]})
    return FormField(
        field_type=body.field_type,
        label=body.label,
        required=body.required,
        description=UNSET if body.description is None else body.description,
        values=UNSET if body.values is None or needed != "values" else body.values,
        choices=UNSET if body.choices is None or needed != "choices" else body.choices,
        placeholder=UNSET if body.placeholder is None else body.placeholder,
    )


def _problem(at: str, asked: FormField, told: AnsweredFieldBody) -> tuple[str, FieldError] | None:
    """What is wrong with an answer, and where."""
    if (asked.field_type, asked.label) != (told.field_type, told.label):
        return at, FieldError("MEMBER_VERIFICATION_OUTDATED", "This is not what was asked.")
    if told.response is None or told.response == "":
        return (f"{at}.response", REQUIRED) if asked.required else None
    if _fits(asked, told.response):
        return None
    words = "This is no answer to the question."
    return f"{at}.response", FieldError("BASE_TYPE_CHOICES", words)


def _answered(asked: FormField, told: AnsweredFieldBody) -> FormField:
    if told.response is None or told.response == "":
        return asked
    return replace(asked, response=told.response)


def _fits(asked: FormField, answer: Answer) -> bool:
    match asked.field_type:
        case "TERMS":
            return answer is True
        case "MULTIPLE_CHOICE":
            choices = asked.choices or []
            return type(answer) is int and 0 <= answer < len(choices)
        case "TEXT_INPUT":
            return isinstance(answer, str) and len(answer) <= _SHORT
        case "PARAGRAPH":
            return isinstance(answer, str)
