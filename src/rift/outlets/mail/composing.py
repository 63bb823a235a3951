"""Letters put into words: plain text, and the same as simple HTML without anything remote."""

from html import escape
from typing import Final

from rift.core.mails.letters import Letter
from rift.outlets.mail.carriers import Written
from rift.outlets.mail.words import language

_PAGE: Final = (
    '<!doctype html><html><head><meta charset="utf-8"></head>'
    '<body style="font-family:sans-serif;line-height:1.5;max-width:34em">{body}</body></html>'
)
_CONTROL: Final = dict.fromkeys((*range(32), 127), " ")


def compose(letter: Letter, place: str) -> Written:
    """The letter in the addressee's language."""
    spoken = language(letter.locale)
    words = spoken.letters[letter.kind]
    facts = {
        "name": letter.name,
        "place": place,
        "address": letter.address,
        "until": "" if letter.until is None else letter.until.strftime(spoken.time),
    }
    paragraphs = [spoken.greeting, *words.paragraphs]
    said = [paragraph.format_map(facts) for paragraph in paragraphs]
    farewell = spoken.farewell.format_map(facts)
    link = words.link.format_map(facts)
    return Written(
        to=letter.to,
        subject=words.subject.format_map(facts).translate(_CONTROL),
        text="\n\n".join([*said, f"{link}:\n{letter.link}", farewell]) + "\n",
        html=_html(said, link, letter.link, farewell),
        key=letter.key,
    )


def _html(said: list[str], link: str, address: str, farewell: str) -> str:
    target = escape(address, quote=True)
    parts = [
        *(f"<p>{escape(paragraph)}</p>" for paragraph in said),
        f'<p><a href="{target}">{escape(link)}</a></p>',
        f"<p>{escape(farewell)}</p>",
    ]
    return _PAGE.format(body="".join(parts))
