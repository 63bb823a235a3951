"""Words made alike: without case, accents and width, and by language without their endings."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import Stemmer

_REMEMBERED: Final = 1 << 16
_LONGEST: Final = 64
"""Characters of a word that count; what is longer was written by no hand."""

# Accents of Latin, Greek and Cyrillic, the points of Hebrew and Arabic. Vowel signs of other
# scripts are letters, and stay.
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    "\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\ufe00-\ufe0f]+"
)
_UNDIVIDED: Final = str.maketrans("øłđðħ\u0131", "olddhi") | str.maketrans(
    {"þ": "th", "æ": "ae", "œ": "oe"}
)

_LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
        "el": "greek", "en": "english", "es": "spanish", "et": "estonian", "eu": "basque",
        "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
        "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
        "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
        "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
        "ta": "tamil", "tr": "turkish", "yi": "yiddish",
    }
)  # fmt: skip


def language(locale: str) -> str:
    """The language whose endings are taken off; empty where none is known."""
    return _LANGUAGES.get(locale.partition("-")[0].lower(), "")


@lru_cache(_REMEMBERED)
def fold(word: str) -> str:
    """The word as it is compared."""
    if word.isascii():
        return word.lower()[:_LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", plain))
    return plain.translate(_UNDIVIDED)[:_LONGEST]


@lru_cache(_REMEMBERED)
def stem(word: str, spoken: str) -> str:
    """The word without its ending, folded; empty where that is the folded word itself."""
    if not spoken or len(word) > _LONGEST:
        return ""
    whole = unicodedata.normalize("NFKC", word).casefold()
    cut = fold(_stemmer(spoken).stemWord(whole))
    return "" if cut == fold(word) else cut


@lru_cache
def _stemmer(spoken: str) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(spoken)
