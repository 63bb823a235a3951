"""Buttons, menus and layouts of messages: what fits together, and what is said of what does not."""

from typing import Any

import pytest

from tests.api import Person
from tests.nouns.luggage import form
from tests.server import Server

LAYOUT = 1 << 15


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def button(custom_id: str = "go", **fields: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "custom_id": custom_id, "label": "Go", **fields}


def menu(*values: str, **fields: Any) -> dict[str, Any]:
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "menu", "options": options, **fields}


def text(content: str = "words") -> dict[str, Any]:
    return {"type": 10, "content": content}


def section(**fields: Any) -> dict[str, Any]:
    return {"type": 9, "components": [text()], "accessory": button(), **fields}


async def posted(server: Server, **fields: Any) -> tuple[Person, dict[str, Any], Any]:
    owner = await server.person()
    guild = await owner.guild()
    bot = await server.bot(owner, guild["id"])
    channel = await owner.channel(guild["id"])
    return bot, channel, await bot.call("POST", f"/channels/{channel['id']}/messages", fields)


async def test_a_message_has_rows_of_buttons_and_menus(server: Server) -> None:
    components = [
        row(button(), {"type": 2, "style": 5, "url": "https://example.org", "label": "There"}),
        row(menu("a", "b", max_values=2, placeholder="Which?")),
        row({"type": 5, "custom_id": "who"}),
        row({"type": 8, "custom_id": "where", "channel_types": [0]}),
        row({"type": 7, "custom_id": "any", "default_values": [{"id": "1", "type": "user"}]}),
    ]
    bot, channel, reply = await posted(server, content="x", components=components)
    assert reply.status == 200, reply.body
    shown = reply.body["components"]
    assert [one["id"] for one in shown] == [1, 4, 6, 8, 10]
    assert shown[1]["components"][0]["min_values"] == 1
    path = f"/channels/{channel['id']}/messages/{reply.body['id']}"
    assert (await bot.get(path))["components"] == shown


async def test_a_layout_stands_for_the_whole_message(server: Server) -> None:
    picture = {"media": {"url": "https://example.org/a.png"}}
    components = [
        text("# Title"),
        {
            "type": 17,
            "accent_color": 255,
            "components": [
                section(),
                {"type": 12, "items": [picture, picture]},
                {"type": 14, "spacing": 2},
                row(button("other")),
            ],
        },
        section(accessory={"type": 11, **picture}),
    ]
    bot, channel, reply = await posted(server, flags=LAYOUT, components=components)
    assert reply.status == 200, reply.body
    assert reply.body["flags"] == LAYOUT
    path = f"/channels/{channel['id']}/messages/{reply.body['id']}"
    assert (await bot.get(path))["components"] == reply.body["components"]
    edited = await bot.patch(path, {"components": [text("changed")]})
    assert edited["components"][0]["content"] == "changed"
    for wrong in ({"content": "words"}, {"embeds": [{"title": "t"}]}):
        refused = await bot.refused("PATCH", path, wrong)
        assert refused.code == 50035
    plain = await bot.say(channel["id"], "words")
    path = f"/channels/{channel['id']}/messages/{plain['id']}"
    both = {"flags": LAYOUT, "components": [text()]}
    assert "content" in (await bot.refused("PATCH", path, both)).body["errors"]
    assert (await bot.patch(path, {**both, "content": ""}))["flags"] == LAYOUT


@pytest.mark.parametrize(
    ("components", "path", "code"),
    [
        ([button()], "0.type", "UNION_TYPE_CHOICES"),
        ([text()], "0.type", "UNION_TYPE_CHOICES"),
        ([row()], "0.components", "BASE_TYPE_BAD_LENGTH"),
        ([row(*map(button, "abcdef"))], "0.components", "BASE_TYPE_BAD_LENGTH"),
        ([row(button(str(n))) for n in range(6)], "", "BASE_TYPE_BAD_LENGTH"),
        ([row(button(), menu("a"))], "0.components.1", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        (
            [row(button()), row(button())],
            "1.components.0.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        ([row(button(custom_id=None))], "0.components.0.custom_id", None),
        (
            [row(button(url="https://a.b"))],
            "0.components.0",
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
        ),
        ([row(button(style=5, custom_id=None))], "0.components.0.url", None),
        ([row(button(label=None))], "0.components.0", None),
        ([row(button(label="x" * 81))], "0.components.0.label", "BASE_TYPE_MAX_LENGTH"),
        ([row(button(style=9))], "0.components.0.style", "BASE_TYPE_CHOICES"),
        ([row(menu())], "0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
        (
            [row(menu("a", "a"))],
            "0.components.0.options.1.value",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        ([row(menu("a", min_values=2, max_values=1))], "0.components.0.min_values", None),
        ([row(menu("a", max_values=2))], "0.components.0.max_values", None),
        ([row(menu("a", max_values=26))], "0.components.0.max_values", "NUMBER_TYPE_MAX"),
        ([row({"type": 4, "custom_id": "a", "style": 1})], "0.components.0.type", None),
    ],
)
async def test_what_does_not_fit_is_refused_where_it_stands(
    server: Server, components: list[Any], path: str, code: str | None
) -> None:
    _, _, reply = await posted(server, content="x", components=components)
    assert reply.status == 400, reply.body
    found = reply.body["errors"]["components"]
    for step in filter(None, path.split(".")):
        found = found[step]
    assert code in (None, found["_errors"][0]["code"]), found


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([text("x" * 2001), text("x" * 2000)], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
        ([text()] * 41, "BASE_TYPE_MAX_LENGTH"),
        (
            [{"type": 17, "components": [text()] * 20}] * 2,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
        ),
        ([{"type": 13, "file": {"url": "attachment://no.txt"}}], "ATTACHMENT_NOT_FOUND"),
        ([{"type": 13, "file": {"url": "https://example.org/a"}}], "STRING_TYPE_REGEX"),
        (
            [{"type": 17, "components": [{"type": 17, "components": [text()]}]}],
            "UNION_TYPE_CHOICES",
        ),
        ([section(accessory=None)], "BASE_TYPE_REQUIRED"),
        ([section(components=[text()] * 4)], "BASE_TYPE_BAD_LENGTH"),
    ],
)
async def test_a_layout_has_its_limits(server: Server, components: list[Any], code: str) -> None:
    _, _, reply = await posted(server, flags=LAYOUT, components=components)
    assert reply.status == 400
    assert code in str(reply.body["errors"])


async def test_a_file_of_the_message_is_shown_where_it_lies(server: Server) -> None:
    owner = await server.person()
    channel = await owner.channel((await owner.guild())["id"])
    path = f"/channels/{channel['id']}/messages"
    body = {
        "flags": LAYOUT,
        "components": [{"type": 13, "file": {"url": "attachment://notes.txt"}}],
    }
    data = form(("notes.txt", b"hello"), payload=body)
    reply = await owner.call("POST", path, data)
    assert reply.status == 200, reply.body
    [file] = reply.body["components"]
    [attachment] = reply.body["attachments"]
    assert (file["name"], file["size"]) == ("notes.txt", 5)
    assert file["file"]["url"] == attachment["url"]
    read = await owner.get(f"{path}/{reply.body['id']}")
    assert read["components"][0]["file"]["attachment_id"] == attachment["id"]
    lost = await owner.refused("PATCH", f"{path}/{reply.body['id']}", {"attachments": []})
    assert "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND" in str(lost.body)
