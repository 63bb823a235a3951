"""Request bodies: what is taken, what is ignored, and what an embed becomes."""

from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from rift.snowflake import decode_hook
from rift.wire.channels import ChannelPosition, ModifyChannel
from rift.wire.embeds import EmbedBody
from rift.wire.gateway import Identify, RequestGuildMembers
from rift.wire.guilds import CreateGuild, ModifyGuild
from rift.wire.members import ModifyMember
from rift.wire.messages import CreateMessage, MessagesQuery, ModifyMessage
from rift.wire.presences import UpdatePresence
from rift.wire.roles import CreateRole


def decode(text: str, type_: Any) -> Any:
    return msgspec.json.decode(text, type=type_, dec_hook=decode_hook)


def test_unknown_fields_are_ignored() -> None:
    assert decode('{"content": "x", "mobile_network_type": "wifi"}', CreateMessage).content == "x"


def test_absent_null_and_given_differ_when_patching() -> None:
    assert decode("{}", ModifyChannel).topic is UNSET
    assert decode('{"topic": null}', ModifyChannel).topic is None
    assert decode('{"topic": "t"}', ModifyChannel).topic == "t"
    assert decode('{"content": null}', ModifyMessage).content is None
    assert decode("{}", ModifyMember).communication_disabled_until is UNSET


def test_the_body_discord_py_sends_is_taken() -> None:
    body = decode(
        """{"content": "hi", "tts": false, "nonce": "123456789012345678", "enforce_nonce": true,
            "allowed_mentions": {"parse": ["users"], "replied_user": true},
            "message_reference": {"message_id": 5, "channel_id": 6, "fail_if_not_exists": true},
            "components": [], "sticker_ids": ["1"], "embeds": [], "flags": 0}""",
        CreateMessage,
    )
    assert body.message_reference.message_id == "5"
    assert body.nonce == "123456789012345678"


def test_a_nonce_may_be_a_number() -> None:
    assert decode('{"nonce": 5}', CreateMessage).nonce == 5
    with pytest.raises(msgspec.ValidationError):
        decode(f'{{"nonce": {2**64}}}', CreateMessage)


def test_lists_of_positions_are_bodies_too() -> None:
    found = decode(
        '[{"id": "1", "position": 2}, {"id": 2, "parent_id": null}]', list[ChannelPosition]
    )
    assert [(one.id, one.position, one.parent_id) for one in found] == [
        ("1", 2, UNSET),
        ("2", UNSET, None),
    ]


def test_a_new_guild_may_bring_roles_and_channels() -> None:
    body = decode(
        """{"name": "Rift", "roles": [{"id": 1, "permissions": "8"}],
            "channels": [{"id": 2, "name": "a", "type": 4}, {"name": "b", "parent_id": 2}]}""",
        CreateGuild,
    )
    assert body.roles[0].permissions == "8"
    assert body.channels[1].parent_id == "2"


def test_permissions_come_as_text_or_number() -> None:
    assert decode('{"permissions": "8"}', CreateRole).permissions == "8"
    assert decode('{"permissions": 8}', CreateRole).permissions == "8"


@pytest.mark.parametrize("text", ['{"afk_timeout": 7}', '{"name": "x"}', '{"name": null}'])
def test_a_guild_is_not_changed_to_what_cannot_be(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(text, ModifyGuild)


def test_a_query_is_lax_about_its_numbers() -> None:
    query = msgspec.convert(
        {"limit": "7", "before": "5"}, MessagesQuery, strict=False, dec_hook=decode_hook
    )
    assert (query.limit, query.before, query.after) == (7, "5", None)
    with pytest.raises(msgspec.ValidationError, match="<= 100"):
        msgspec.convert({"limit": "101"}, MessagesQuery, strict=False, dec_hook=decode_hook)


def test_members_may_be_asked_for_one_or_many() -> None:
    assert decode('{"guild_id": "1", "user_ids": "2"}', RequestGuildMembers).user_ids == ["2"]
    many = decode('{"guild_id": ["1"], "user_ids": [2, "3"]}', RequestGuildMembers)
    assert (many.guild_id, many.user_ids) == (["1"], ["2", "3"])


def test_identify_needs_little() -> None:
    body = decode('{"token": "t", "intents": 513, "shard": [0, 1], "properties": {}}', Identify)
    assert (body.intents, body.shard, body.presence) == (513, (0, 1), None)
    with pytest.raises(msgspec.ValidationError):
        decode('{"token": "t", "shard": [0]}', Identify)


def test_a_presence_may_come_as_libraries_send_it() -> None:
    body = decode(
        """{"since": 0.0, "status": "idle", "afk": false, "activities":
            [{"name": "chess", "type": 0, "application_id": 5, "timestamps": {"start": 1}}]}""",
        UpdatePresence,
    )
    assert body.activities[0].application_id == "5"


def test_an_embed_drops_nulls_and_parts_without_text() -> None:
    body = decode(
        """{"title": "T", "description": null, "footer": {"text": null, "icon_url": "https://x/i"},
            "author": {"url": "https://x"},
            "fields": [{"name": "N", "value": "V", "inline": null}]}""",
        EmbedBody,
    )
    assert msgspec.json.encode(body.embed()) == (
        b'{"type":"rich","title":"T","fields":[{"name":"N","value":"V","inline":false}]}'
    )


def test_the_length_of_an_embed_counts_its_texts() -> None:
    body = decode(
        """{"title": "12", "description": "345", "url": "https://not-counted.example",
            "footer": {"text": "67"}, "author": {"name": "8"},
            "fields": [{"name": "9", "value": "0"}]}""",
        EmbedBody,
    )
    assert body.length() == 10
