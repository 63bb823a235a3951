"""What letters say, in each language we speak."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from rift.core.mails.orders import Kind


class Words(NamedTuple):
    """A letter's subject, its paragraphs, and what the link is called."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""


class Language(NamedTuple):
    greeting: str
    farewell: str
    time: str
    letters: Mapping[Kind, Words]


_ENGLISH: Final = Language(
    greeting="Hello {name},",
    farewell="{place}",
    time="%d %B %Y, %H:%M UTC",
    letters={
        Kind.VERIFY: Words(
            "Confirm your address for {place}",
            (
                "please confirm that this address is yours. The link is good until {until}.",
                "If you did not ask for this, you need not do anything.",
            ),
            "Confirm the address",
        ),
        Kind.RESET: Words(
            "A new password for {place}",
            (
                (
                    "somebody, we hope you, asked for a new password. "
                    "The link is good once, until {until}."
                ),
                "If it was not you, you need not do anything: your password stays as it is.",
            ),
            "Choose a new password",
        ),
        Kind.ADDRESS_CHANGE: Words(
            "The address of your account at {place} is to change",
            (
                (
                    "your account is to get another address: {address}. "
                    "It does as soon as that address is confirmed."
                ),
                "If that was not you, change your password now and set your own address again.",
            ),
            "Go to {place}",
        ),
        Kind.PASSWORD_RESET: Words(
            "Your password for {place} was changed",
            (
                "your account has a new password, and is logged out everywhere.",
                (
                    "If that was not you, somebody can read your mail: secure your mailbox first, "
                    "then ask for a new password."
                ),
            ),
            "Go to {place}",
        ),
        Kind.DEPARTURE: Words(
            "Your account at {place} will be deleted",
            (
                "your account is marked for deletion and will be deleted after {until}.",
                "Until then you can log in and keep it.",
            ),
            "Go to {place}",
        ),
        Kind.HARVEST: Words(
            "Your data from {place} is ready",
            ("the copy of your data you asked for is ready. Log in to download it.",),
            "Go to {place}",
        ),
    },
)

_GERMAN: Final = Language(
    greeting="Hallo {name},",
    farewell="{place}",
    time="%d.%m.%Y, %H:%M UTC",
    letters={
        Kind.VERIFY: Words(
            "Bestätige deine Adresse für {place}",
            (
                "bitte bestätige, dass diese Adresse dir gehört. Der Link gilt bis {until}.",
                "Wenn du das nicht wolltest, musst du nichts tun.",
            ),
            "Adresse bestätigen",
        ),
        Kind.RESET: Words(
            "Ein neues Passwort für {place}",
            (
                (
                    "jemand, hoffentlich du, hat um ein neues Passwort gebeten. "
                    "Der Link gilt einmal, bis {until}."
                ),
                "Wenn du es nicht warst, musst du nichts tun: Dein Passwort bleibt, wie es ist.",
            ),
            "Neues Passwort wählen",
        ),
        Kind.ADDRESS_CHANGE: Words(
            "Die Adresse deines Kontos bei {place} soll sich ändern",
            (
                (
                    "dein Konto soll eine andere Adresse bekommen: {address}. "
                    "Das geschieht, sobald sie bestätigt ist."
                ),
                (
                    "Wenn du das nicht warst, ändere jetzt dein Passwort "
                    "und setze deine eigene Adresse wieder ein."
                ),
            ),
            "Zu {place}",
        ),
        Kind.PASSWORD_RESET: Words(
            "Dein Passwort für {place} wurde geändert",
            (
                "dein Konto hat ein neues Passwort und ist überall abgemeldet.",
                (
                    "Wenn du das nicht warst, kann jemand deine Mails lesen: "
                    "Sichere zuerst dein Postfach und bitte dann um ein neues Passwort."
                ),
            ),
            "Zu {place}",
        ),
        Kind.DEPARTURE: Words(
            "Dein Konto bei {place} wird gelöscht",
            (
                "dein Konto ist zur Löschung vorgemerkt und wird nach dem {until} gelöscht.",
                "Bis dahin kannst du dich anmelden und es behalten.",
            ),
            "Zu {place}",
        ),
        Kind.HARVEST: Words(
            "Deine Daten von {place} liegen bereit",
            (
                (
                    "die Kopie deiner Daten, um die du gebeten hast, ist fertig. "
                    "Melde dich an, um sie herunterzuladen."
                ),
            ),
            "Zu {place}",
        ),
    },
)

LANGUAGES: Final[Mapping[str, Language]] = {"en": _ENGLISH, "de": _GERMAN}


def language(locale: str) -> Language:
    """The language of a locale such as `de` or `en-US`; English where we do not speak it."""
    return LANGUAGES.get(locale.partition("-")[0].lower(), _ENGLISH)
