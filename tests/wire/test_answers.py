"""Our structs, encoded, against the official schemas: whole, and with every part that may be."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from rift.snowflake import Snowflake
from rift.wire import channels
from rift.wire.applications import (
    Application,
    InstallParams,
    PrivateApplication,
)
from rift.wire.channels import Channel, ChannelType, Overwrite
from rift.wire.embeds import EmbedBody
from rift.wire.emojis import Emoji, PartialEmoji
from rift.wire.gateway import Gateway, GatewayBot, SessionStartLimit
from rift.wire.guilds import (
    Ban,
    BulkBanned,
    Guild,
    GuildPreview,
    IncidentsData,
    PartialGuild,
    VanityUrl,
)
from rift.wire.invites import Invite, InviteChannel, InviteGuild, InviteRole
from rift.wire.members import CurrentMember, Member, PartialMember, Pruned
from rift.wire.messages import (
    Attachment,
    ChannelMention,
    MentionedUser,
    Message,
    MessageEvent,
    MessageReference,
    Pin,
    Pins,
    Reaction,
    ReactionCounts,
)
from rift.wire.oauth2 import CurrentAuthorization
from rift.wire.roles import Role, RoleColours, RoleTags
from rift.wire.stickers import Sticker, StickerItem
from rift.wire.users import AvatarDecoration, CurrentUser, PrimaryGuild, User
from rift.wire.voice import VoiceRegion, VoiceState
from tests import oracle
from tests.oracle import sources
from tests.oracle.judge import Judge

NOW = datetime(2026, 8, 22, 12, 30, 0, 123456, UTC)
ID = Snowflake("175928847299117063")

USER = User(id=ID, username="ada")
DRESSED = User(
    id=ID,
    username="ada",
    global_name="Ada",
    avatar="a_0123456789abcdef",
    bot=True,
    system=False,
    banner="0123456789abcdef",
    accent_color=0xFFFFFF,
    avatar_decoration_data=AvatarDecoration(asset="a", sku_id=ID),
    primary_guild=PrimaryGuild(identity_guild_id=ID, identity_enabled=True, tag="RIFT"),
)
MEMBER = Member(user=USER, roles=[ID], joined_at=NOW)
TIMED_OUT = Member(
    user=DRESSED,
    roles=[],
    joined_at=NOW,
    nick="A.",
    avatar="0123456789abcdef",
    premium_since=NOW,
    communication_disabled_until=NOW,
    pending=True,
    mute=True,
    deaf=True,
)
ROLE = Role(id=ID, name="moderators", permissions="8", position=1)
BOT_ROLE = Role(
    id=ID,
    name="bot",
    permissions="0",
    position=0,
    color=0xFF,
    colors=RoleColours(primary_color=0xFF, secondary_color=1, tertiary_color=2),
    managed=True,
    icon="0123456789abcdef",
    unicode_emoji="🤖",
    tags=RoleTags(bot_id=ID, premium_subscriber=None),
)
EMOJI = Emoji(id=ID, name="party", roles=[ID], user=USER, animated=True)
STICKER = Sticker(id=ID, guild_id=ID, name="wave", tags="wave", user=USER)
GUILD = Guild(id=ID, name="Rift", owner_id=ID)
FULL_GUILD = Guild(
    id=ID,
    name="Rift",
    owner_id=ID,
    icon="0123456789abcdef",
    features=["COMMUNITY", "RIFT_FEATURE"],
    afk_channel_id=ID,
    system_channel_id=ID,
    rules_channel_id=ID,
    roles=[ROLE, BOT_ROLE],
    emojis=[EMOJI],
    stickers=[STICKER],
    incidents_data=IncidentsData(invites_disabled_until=NOW),
    approximate_member_count=3,
    approximate_presence_count=1,
)
ROW: dict[str, Any] = {
    "id": ID,
    "guild_id": ID,
    "name": "general",
    "position": 0,
    "permission_overwrites": [Overwrite(id=ID, type=0, allow="1024", deny="2048")],
    "parent_id": None,
    "topic": None,
    "nsfw": False,
    "last_message_id": None,
    "last_pin_timestamp": NOW,
    "rate_limit_per_user": 0,
    "bitrate": 64000,
    "user_limit": 0,
    "rtc_region": None,
    "video_quality_mode": 1,
    "default_auto_archive_duration": 1440,
    "flags": 0,
    "recipients": [USER],
    "icon": None,
    "owner_id": ID,
}
EMBED = msgspec.json.decode(
    """{"title": "T", "description": "D", "url": "https://rift.example/", "color": 255,
        "timestamp": "2026-08-22T12:30:00+02:00", "footer": {"text": "F", "icon_url": null},
        "image": {"url": "https://rift.example/i.png"}, "thumbnail": null,
        "author": {"name": "A", "url": null}, "fields": [{"name": "N", "value": "V"}]}""",
    type=EmbedBody,
).embed()
MESSAGE = Message(id=ID, channel_id=ID, author=USER, content="hello", timestamp=NOW)
FULL_MESSAGE = Message(
    id=ID,
    channel_id=ID,
    author=DRESSED,
    content="hello <@1>",
    timestamp=NOW,
    edited_timestamp=NOW,
    type=19,
    mentions=[MentionedUser(id=ID, username="bob")],
    mention_roles=[ID],
    attachments=[
        Attachment(
            id=ID,
            filename="a.png",
            size=1,
            url="https://rift.example/a.png",
            proxy_url="https://rift.example/a.png",
            content_type="image/png",
            width=1,
            height=1,
        )
    ],
    embeds=[EMBED],
    components=[
        {
            "type": 1,
            "id": 1,
            "components": [{"type": 2, "id": 2, "style": 1, "label": "Go", "custom_id": "go"}],
        }
    ],
    pinned=True,
    nonce=5,
    reactions=[
        Reaction(
            emoji=PartialEmoji(id=None, name="👍"),
            count=2,
            count_details=ReactionCounts(normal=2),
            me=True,
        )
    ],
    message_reference=MessageReference(channel_id=ID, message_id=ID, guild_id=ID),
    referenced_message=MESSAGE,
    mention_channels=[ChannelMention(id=ID, guild_id=ID, type=0, name="general")],
    position=0,
    webhook_id=ID,
    application_id=ID,
    sticker_items=[StickerItem(id=ID, name="wave", format_type=1)],
)
APPLICATION = Application(id=ID, name="Helper", verify_key="00")
FULL_APPLICATION = PrivateApplication(
    id=ID,
    name="Helper",
    verify_key="00",
    bot=DRESSED,
    owner=USER,
    flags=1 << 19,
    flags_new=str(1 << 19),
    tags=["fun"],
    install_params=InstallParams(scopes=["bot"], permissions="8"),
    redirect_uris=["https://rift.example/back"],
    eligible_oauth2_scopes=["bot", "identify"],
)
INVITE = Invite(
    code="abc",
    guild=InviteGuild(id=ID, name="Rift"),
    guild_id=ID,
    channel=InviteChannel(id=ID, type=0, name="general"),
    expires_at=None,
)
FULL_INVITE = Invite(
    code="abc",
    guild=InviteGuild(id=ID, name="Rift", features=["COMMUNITY"]),
    guild_id=ID,
    channel=InviteChannel(id=ID, type=0, name="general"),
    expires_at=NOW,
    inviter=USER,
    approximate_member_count=1,
    approximate_presence_count=1,
    roles=[InviteRole(id=ID, name="guests", position=1)],
    uses=0,
    max_uses=1,
    max_age=86400,
    temporary=False,
    created_at=NOW,
)

ANSWERS: list[tuple[str, msgspec.Struct]] = [
    ("UserResponse", USER),
    ("UserResponse", DRESSED),
    ("UserPIIResponse", CurrentUser(id=ID, username="ada")),
    ("UserPIIResponse", CurrentUser(id=ID, username="ada", email=None, bio="")),
    ("GuildMemberResponse", MEMBER),
    ("GuildMemberResponse", TIMED_OUT),
    (
        "PrivateGuildMemberResponse",
        CurrentMember(user=USER, roles=[], joined_at=NOW, permissions="8"),
    ),
    ("GuildRoleResponse", ROLE),
    ("GuildRoleResponse", BOT_ROLE),
    ("EmojiResponse", EMOJI),
    ("GuildStickerResponse", STICKER),
    ("GuildResponse", GUILD),
    ("GuildWithCountsResponse", FULL_GUILD),
    (
        "MyGuildResponse",
        PartialGuild(id=ID, name="Rift", icon=None, owner=True, permissions="8"),
    ),
    (
        "GuildPreviewResponse",
        GuildPreview(
            id=ID,
            name="Rift",
            icon=None,
            description=None,
            approximate_member_count=1,
            approximate_presence_count=0,
        ),
    ),
    ("GuildBanResponse", Ban(user=USER, reason=None)),
    ("BulkBanUsersResponse", BulkBanned(banned_users=[ID], failed_users=[])),
    ("GuildPruneResponse", Pruned(pruned=None)),
    ("VanityURLResponse", VanityUrl(code=None, uses=0)),
    ("MessageResponse", MESSAGE),
    ("MessageResponse", FULL_MESSAGE),
    ("PinnedMessagesResponse", Pins(items=[Pin(pinned_at=NOW, message=MESSAGE)], has_more=False)),
    ("GuildInviteResponse", INVITE),
    ("GuildInviteResponse", FULL_INVITE),
    ("ApplicationResponse", APPLICATION),
    ("PrivateApplicationResponse", FULL_APPLICATION),
    (
        "OAuth2GetAuthorizationResponse",
        CurrentAuthorization(application=APPLICATION, scopes=["identify"], expires=NOW, user=USER),
    ),
    (
        "VoiceStateResponse",
        VoiceState(user_id=ID, session_id="s", channel_id=ID, guild_id=ID, member=MEMBER),
    ),
    ("VoiceRegionResponse", VoiceRegion(id="local", name="Here", optimal=True)),
    ("GatewayResponse", Gateway(url="wss://rift.example")),
    (
        "GatewayBotResponse",
        GatewayBot(
            url="wss://rift.example",
            shards=1,
            session_start_limit=SessionStartLimit(
                total=1000, remaining=999, reset_after=0, max_concurrency=1
            ),
        ),
    ),
]


@pytest.fixture(scope="module")
def both() -> tuple[Judge, Judge]:
    file = sources.specification_file()
    if file is None:
        pytest.skip("the specification's own file is not beside this checkout")
    return Judge(sources.from_file(file)), Judge(sources.from_package())


@pytest.mark.parametrize(("schema", "answer"), ANSWERS)
def test_an_answer_fits_the_specification(schema: str, answer: msgspec.Struct) -> None:
    oracle.check_schema(schema, msgspec.json.encode(answer))


@pytest.mark.parametrize(("schema", "answer"), ANSWERS)
def test_an_answer_survives_being_kept_and_read_again(schema: str, answer: msgspec.Struct) -> None:
    assert schema
    assert msgspec.json.decode(msgspec.json.encode(answer), type=type(answer)) == answer
    assert msgspec.convert(msgspec.to_builtins(answer), type(answer)) == answer


def passes(judge: Judge, schema: str, body: dict[str, Any]) -> bool:
    try:
        judge.check_schema(schema, body)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize(("schema", "answer"), ANSWERS)
def test_both_sources_of_the_specification_say_the_same(
    schema: str, answer: msgspec.Struct, both: tuple[Judge, Judge]
) -> None:
    whole = json.loads(msgspec.json.encode(answer))
    lacking = [{k: v for k, v in whole.items() if k != gone} for gone in whole]
    twisted = [{**whole, key: ["not", {"this": 1}]} for key in whole]
    for body in (whole, *lacking, *twisted):
        file, package = (passes(judge, schema, body) for judge in both)
        assert file == package, body


@pytest.mark.parametrize("schema", ["MessageResponse", "GuildResponse", "UserResponse"])
def test_the_judge_sees_each_required_field_that_is_lost(schema: str) -> None:
    answer = next(answer for name, answer in ANSWERS if name == schema)
    whole = json.loads(msgspec.json.encode(answer))
    required = oracle.judge().required(schema)
    assert required
    for field in required:
        with pytest.raises(AssertionError, match=field):
            oracle.check_schema(schema, {k: v for k, v in whole.items() if k != field})


@pytest.mark.parametrize(
    ("type_", "schema"),
    [
        (ChannelType.GUILD_TEXT, "GuildChannelResponse"),
        (ChannelType.GUILD_VOICE, "GuildChannelResponse"),
        (ChannelType.GUILD_CATEGORY, "GuildChannelResponse"),
        (ChannelType.GUILD_ANNOUNCEMENT, "GuildChannelResponse"),
        (ChannelType.GUILD_STAGE_VOICE, "GuildChannelResponse"),
        (ChannelType.DM, "PrivateChannelResponse"),
        (ChannelType.GROUP_DM, "PrivateGroupChannelResponse"),
    ],
)
def test_a_channel_shows_the_fields_of_its_type(type_: ChannelType, schema: str) -> None:
    channel = channels.from_row({**ROW, "type": type_.value})
    body = msgspec.json.encode(channel)
    oracle.check_schema(schema, body)
    oracle.check_response("GET", "/channels/{channel_id}", 200, body)
    assert (channel.bitrate is UNSET) == (
        type_ not in (ChannelType.GUILD_VOICE, ChannelType.GUILD_STAGE_VOICE)
    )


def test_columns_a_channel_does_not_use_may_be_null() -> None:
    row = {**ROW, "type": 4, "bitrate": None, "topic": None, "rate_limit_per_user": None}
    assert channels.from_row(row) == Channel(
        id=ID,
        type=4,
        guild_id=ID,
        name="general",
        position=0,
        permission_overwrites=ROW["permission_overwrites"],
        parent_id=None,
    )


def test_a_message_event_is_the_message_and_its_place() -> None:
    event = MessageEvent(
        **{name: getattr(FULL_MESSAGE, name) for name in FULL_MESSAGE.__struct_fields__},
        guild_id=ID,
        member=PartialMember(roles=[], joined_at=NOW),
        channel_type=0,
    )
    extra = ("guild_id", "member", "channel_type")
    oracle.check_schema(
        "MessageResponse",
        msgspec.json.encode(event),
        also=frozenset(f"MessageResponse.{name}" for name in extra),
    )
