"""The SQL that fills the world."""

from typing import Final

GUILDS: Final = """
select
    guilds.*,
    (select count(*)::int from members where members.guild_id = guilds.id) as member_count
from guilds
where id = any($1)
"""

ROLES: Final = """
select
    guild_id, id, name, color, hoist, icon, unicode_emoji, position, permissions,
    managed, mentionable, flags, tags, upload_bytes
from roles
where guild_id = any($1)
"""

CHANNELS: Final = """
select
    id, guild_id, type, name, topic, position, parent_id, nsfw, rate_limit_per_user, bitrate,
    user_limit, rtc_region, video_quality_mode, default_auto_archive_duration,
    default_thread_rate_limit_per_user, flags, last_pin_timestamp, available_tags,
    default_reaction_emoji, default_sort_order, default_forum_layout, default_tag_setting, template,
    (
        select messages.id from messages
        where messages.channel_id = channels.id
        order by messages.id desc
        limit 1
    ) as last_message_id
from channels
where guild_id = any($1) and type not in (10, 11, 12)
"""

OF_THREADS: Final = """
select
    channels.id, channels.guild_id, channels.type, channels.name, channels.parent_id,
    coalesce(channels.owner_id, threads.webhook_id) as owner_id, channels.rate_limit_per_user,
    channels.flags, channels.last_pin_timestamp, threads.archived, threads.archive_timestamp,
    threads.auto_archive_duration, threads.locked, threads.invitable, threads.create_timestamp,
    threads.message_count, threads.total_message_sent, threads.applied_tags,
    (
        select count(*)::int
        from thread_members
        where thread_members.thread_id = threads.channel_id
    ) as member_count,
    (
        select max(messages.id)
        from messages
        where messages.channel_id = threads.channel_id
    ) as last_message_id
from threads
join channels on channels.id = threads.channel_id
"""

ACTIVE_THREADS: Final = (
    OF_THREADS
    + """
where threads.guild_id = any($1) and not threads.archived
order by channels.id
"""
)

THREADS: Final = (
    OF_THREADS
    + """
where threads.channel_id = any($1)
"""
)

CROWDS: Final = """
select thread_id as id, user_id, join_timestamp, flags, muted, mute_config
from thread_members
where thread_id = any($1)
order by user_id
"""

OVERWRITES: Final = """
select overwrites.channel_id, overwrites.id, overwrites.type, overwrites.allow, overwrites.deny
from overwrites
join channels on channels.id = overwrites.channel_id
where channels.guild_id = any($1)
order by overwrites.id
"""

# Of a private channel, also who is in it; a channel of a guild has no recipients.
PLACE: Final = """
select
    channels.guild_id, channels.id, channels.type, channels.name, channels.icon,
    channels.owner_id,
    array(
        select user_id
        from recipients
        where channel_id = channels.id
        order by joined_at, user_id
    ) as people,
    array(
        select user_id
        from recipients
        where channel_id = channels.id and request < 3
        order by joined_at, user_id
    ) as listeners
from channels
where id = $1
"""

EMOJIS: Final = """
select guild_id, id, name, animated, roles
from emojis
where guild_id = any($1)
order by id
"""

STICKERS: Final = """
select guild_id, id, name, description, tags, format_type
from stickers
where guild_id = any($1)
order by id
"""

SOUNDS: Final = """
select guild_id, id as sound_id, name, volume, emoji_id, emoji_name
from sounds
where guild_id = any($1)
order by id
"""

HAPPENINGS: Final = """
select
    id, guild_id, channel_id, creator_id, name, description, image, scheduled_start_time,
    scheduled_end_time, status, entity_type, entity_id, location, recurrence_rule
from scheduled_events
where guild_id = any($1) and status < 3
order by id
"""

HAPPENING_EXCEPTIONS: Final = """
select
    event_id, id as event_exception_id, scheduled_start_time, scheduled_end_time, is_canceled
from scheduled_event_exceptions
where event_id = any($1)
order by id
"""

RULES: Final = """
select *
from automod_rules
where guild_id = any($1)
order by id
"""

# Muted and deafened is a member wherever they are.
VOICES: Final = """
select
    voice_states.guild_id, voice_states.user_id, voice_states.channel_id,
    voice_states.session_id, voice_states.self_mute, voice_states.self_deaf,
    voice_states.self_video, voice_states.suppress, voice_states.request_to_speak_timestamp,
    members.mute, members.deaf
from voice_states
join members on members.guild_id = voice_states.guild_id and members.user_id = voice_states.user_id
where voice_states.guild_id = any($1)
order by voice_states.user_id
"""

VOICE_ROOMS: Final = """
select guild_id, channel_id, status, started_at
from voice_rooms
where guild_id = any($1)
"""

STAGES: Final = """
select id, guild_id, channel_id, topic, privacy_level, guild_scheduled_event_id
from stage_instances
where guild_id = any($1)
order by id
"""

GUILDS_OF_USER: Final = """
select guild_id
from members
where user_id = $1
order by joined_at, guild_id
"""

MEMBER_COLUMNS: Final = """
select
    members.guild_id, members.user_id, members.nick, members.avatar, members.banner,
    members.roles, members.joined_at, members.premium_since, members.deaf, members.mute,
    members.flags, members.pending, members.communication_disabled_until,
    users.username, users.discriminator, users.global_name, users.avatar as user_avatar,
    users.banner as user_banner, users.accent_color, users.bot, users.flags as user_flags
from members
join users on users.id = members.user_id
"""

MEMBERS_OF_USER: Final = (
    MEMBER_COLUMNS
    + """
where members.user_id = $1 and members.guild_id = any($2)
"""
)

MEMBERS: Final = (
    MEMBER_COLUMNS
    + """
where members.guild_id = $1 and members.user_id = any($2)
"""
)

MEMBERS_OF_PAIRS: Final = (
    MEMBER_COLUMNS
    + """
join unnest($1::bigint[], $2::bigint[]) as pair (guild_id, user_id)
    on pair.guild_id = members.guild_id and pair.user_id = members.user_id
"""
)

MEMBERS_OF_GUILDS: Final = (
    MEMBER_COLUMNS
    + """
where members.guild_id = any($1)
order by members.guild_id, members.user_id
"""
)

MEMBERS_AFTER: Final = (
    MEMBER_COLUMNS
    + """
where members.guild_id = $1 and members.user_id > $2
order by members.user_id
limit $3
"""
)

# Each of the three goes along an index of its own, as far as it must; what lies between a word
# and the word with the last of all characters behind it begins with it.
_NAMED: Final = """
(
    select user_id
    from members
    where guild_id = $1
        and lower(nick) collate "C" >= lower($2)
        and lower(nick) collate "C" < lower($2) || chr(1114111)
    order by lower(nick) collate "C"
    limit $3
) union (
    select members.user_id
    from users
    join members on members.guild_id = $1 and members.user_id = users.id
    where lower(users.username) collate "C" >= lower($2)
        and lower(users.username) collate "C" < lower($2) || chr(1114111)
    order by lower(users.username) collate "C"
    limit $3
) union (
    select members.user_id
    from users
    join members on members.guild_id = $1 and members.user_id = users.id
    where lower(users.global_name) collate "C" >= lower($2)
        and lower(users.global_name) collate "C" < lower($2) || chr(1114111)
    order by lower(users.global_name) collate "C"
    limit $3
)
"""

MEMBERS_BY_PREFIX: Final = (
    MEMBER_COLUMNS
    + """
where members.guild_id = $1 and members.user_id in (
"""
    + _NAMED
    + """
)
order by members.user_id
limit $3
"""
)
