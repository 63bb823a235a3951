"""What an instance says of itself before anybody has logged in."""

from msgspec import Struct


class InstanceLimits(Struct, frozen=True, kw_only=True):
    """How much of everything one may have here; 0 members means no limit."""

    message_length: int
    guilds_per_user: int
    channels_per_guild: int
    roles_per_guild: int
    members_per_guild: int
    pins_per_channel: int
    reactions_per_message: int
    emojis_per_guild: int
    animated_emojis_per_guild: int
    emojis_per_application: int
    emoji_bytes: int
    stickers_per_guild: int
    sticker_bytes: int
    sounds_per_guild: int
    sound_bytes: int
    sound_ms: int
    upload_bytes: int
    message_upload_bytes: int
    password_length: int


class Instance(Struct, frozen=True, kw_only=True):
    """`setup_required` until the first owner has come."""

    name: str
    version: str
    registration: str
    setup_required: bool
    mail: bool
    """Whether addresses are confirmed and a lost password can be replaced by mail."""
    gifs: bool
    """Whether GIFs can be looked for."""
    discovery: bool
    """Whether there is a list of guilds that everybody may find."""
    push_key: str | None
    """What browsers subscribe to pushes with; none where none are sent."""
    limits: InstanceLimits
    features: list[str] = []
