"""What is held on a person and where: the files of a harvest, each with the SQL that fills it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, LiteralString, NamedTuple

from rift.core.harvests.arrivals import ARRIVALS
from rift.core.harvests.machines import MACHINES


class Walk(NamedTuple):
    """A table too large to be read at once, walked through in portions by its key.

    It has no index by person, because that would cost every message something. `end` finds the
    key at which a portion ends, `rows` what of the portion is the person's.
    """

    start: tuple[str | int | datetime, ...]
    end: LiteralString
    rows: LiteralString


LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

ACCOUNT: Final = """
select
    id, username, discriminator, global_name, avatar, banner, accent_color, theme_colors, bio,
    pronouns, flags, locale, email, verified, pending_email, instance_owner
from users
where id = $1
"""

SESSIONS: Final = """
select
    sessions.id, client, sessions.created_at, used_at, sessions.expires_at,
    array(
        select refresh_tokens.created_at
        from refresh_tokens
        where refresh_tokens.session_id = sessions.id
    ) as refreshed_at
from sessions
where user_id = $1
order by sessions.id
"""

DEVICES: Final = """
select id, session_id, endpoint, name, shows_content, pushed_at, received_at, failure
from push_subscriptions
where user_id = $1
order by id
"""

DEEDS: Final = """
select id, action, target_id, details
from instance_log
where user_id = $1
order by id
"""

FACTORS: Final = """
select kind, factors.created_at, used_at, passkeys.name, passkeys.site
from factors
left join passkeys on passkeys.id = factors.id
where user_id = $1
order by factors.id
"""

INCIDENTS: Final = """
select kind, client, happened_at
from incidents
where user_id = $1
order by id
"""

REGISTRATION_CODES: Final = """
select code, note, max_uses, uses, created_at, expires_at
from registration_codes
where creator_id = $1
order by created_at
"""

LETTERS: Final = """
select kind, address, attempts, asked_at
from mails
where user_id = $1
union all
select kind, address, null, expires_at
from mailed_tokens
where user_id = $1
"""

HARVESTS: Final = """
select id, status, created_at, completed_at, expires_at
from harvests
where user_id = $1
order by id
"""

RELATIONSHIPS: Final = """
select other_id as user_id, type, nickname, ignored, since
from relationships
where user_id = $1
order by other_id
"""

PRIVACY: Final = """
select
    direct_messages_from, message_requests, default_guilds_restricted, requests_from_everyone,
    requests_from_mutual_friends, requests_from_mutual_guilds,
    array(
        select guild_id
        from restricted_guilds
        where restricted_guilds.user_id = privacy.user_id
    ) as restricted_guilds
from privacy
where user_id = $1
"""

SETTINGS: Final = """
select document as settings
from settings
where user_id = $1
"""

OPAQUE_SETTINGS: Final = """
select type, version, encode(proto, 'base64') as proto
from settings_protos
where user_id = $1
order by type
"""

NOTES: Final = """
select about_id as user_id, note
from notes
where user_id = $1
order by about_id
"""

REPORTS_MADE: Final = """
select
    id, user_id, guild_id, channel_id, message_id, reason, text, resolved_at is not null as resolved
from reports
where reporter_id = $1
order by id
"""

# Nothing of them tells who reported it, nor what was said in their own words.
REPORTS_ABOUT: Final = """
select id, guild_id, channel_id, message_id, reason, profile, action, resolved_at
from reports
where user_id = $1 and resolved_at is not null
order by id
"""

REPORTS_RESOLVED: Final = """
select id, guild_id, user_id, action, note, resolved_at
from reports
where resolver_id = $1
order by id
"""

BADGES: Final = """
select badge, awarded_at
from badges
where user_id = $1
order by badge
"""

SAVED_SEARCHES: Final = """
select id, guild_id, channel_id, name, query, notify
from saved_searches
where user_id = $1
order by id
"""

THREADS: Final = """
select
    thread_members.thread_id, threads.guild_id, thread_members.join_timestamp,
    thread_members.flags, thread_members.muted, thread_members.mute_config
from thread_members
join threads on threads.channel_id = thread_members.thread_id
where thread_members.user_id = $1
order by thread_members.thread_id
"""

PRIVATE_CHANNELS: Final = """
select recipients.channel_id, channels.type, channels.name, nick, closed, request, joined_at
from recipients
join channels on channels.id = recipients.channel_id
where recipients.user_id = $1
order by recipients.channel_id
"""

READ_STATES: Final = """
select
    type, resource_id, last_id, mention_count, last_pin_timestamp, last_viewed, flags
from read_states
where user_id = $1
order by type, resource_id
"""

DISMISSED_MENTIONS: Final = """
select message_id
from dismissed_mentions
where user_id = $1
order by message_id
"""

NOTIFICATION_SETTINGS: Final = """
select
    guild_id, flags, hide_muted_channels, keywords, message_notifications, mobile_push,
    mute_scheduled_events, muted, mute_config, notify_highlights, suppress_everyone,
    suppress_roles, channel_overrides
from user_guild_settings
where user_id = $1
order by guild_id
"""

NOTIFICATIONS_EVERYWHERE: Final = """
select flags, quiet_hours, keywords
from notification_settings
where user_id = $1
"""

SAVED_MESSAGES: Final = """
select channel_id, message_id, guild_id, saved_at, notes
from saved_messages
where user_id = $1
order by saved_at
"""

GUILDS: Final = """
select
    guilds.id, guilds.name, guilds.owner_id = $1 as owner, members.nick, members.bio,
    members.pronouns, members.roles,
    members.joined_at, members.avatar, members.banner, members.flags, members.mute, members.deaf,
    members.communication_disabled_until, members.inviter_id, members.source_invite_code
from members
join guilds on guilds.id = members.guild_id
where members.user_id = $1
order by guilds.id
"""

BANS: Final = """
select guild_id, reason, banned_at
from bans
where user_id = $1
order by guild_id
"""

TIMEOUTS: Final = """
select guild_id, until
from lasting_timeouts
where user_id = $1
order by guild_id
"""

INVITES: Final = """
select code, guild_id, channel_id, max_age, max_uses, uses, temporary, created_at, expires_at
from invites
where inviter_id = $1
order by created_at
"""

READINGS: Final = """
select guild_id, day, channel_id, times, last_at
from history_readings
where user_id = $1
order by day
"""

WEBHOOKS: Final = """
select id, type, guild_id, channel_id, name, source_guild_id, source_channel_id
from webhooks
where user_id = $1
order by id
"""

EMOJIS: Final = """
select id, guild_id, application_id, name, animated, roles
from emojis
where user_id = $1
order by id
"""

STICKERS: Final = """
select id, guild_id, name, description, tags, format_type
from stickers
where user_id = $1
order by id
"""

TEMPLATES: Final = """
select code, guild_id, name, description, usage_count, created_at, updated_at, snapshot
from templates
where creator_id = $1
order by created_at
"""

AUTOMOD_RULES: Final = """
select
    id, guild_id, name, event_type, trigger_type, trigger_metadata, actions, enabled,
    exempt_roles, exempt_channels
from automod_rules
where creator_id = $1
order by id
"""

SOUNDS: Final = """
select id, guild_id, name, volume, emoji_id, emoji_name
from sounds
where user_id = $1
order by id
"""

SCHEDULED_EVENTS: Final = """
select
    id, guild_id, channel_id, name, description, scheduled_start_time, scheduled_end_time, status,
    location, recurrence_rule
from scheduled_events
where creator_id = $1
order by id
"""

EVENT_SUBSCRIPTIONS: Final = """
select event_id, exception_id, response
from scheduled_event_users
where user_id = $1
order by event_id, exception_id
"""

PURGES: Final = """
select id, guild_id, channel_id, author_ids, contains, deleted, ended_at
from purges
where user_id = $1 or $1 = any(author_ids)
order by id
"""

MESSAGES_END: Final = """
select channel_id, id
from messages
where (channel_id, id) > ($1, $2)
order by channel_id, id
offset $3
limit 1
"""

MESSAGES: Final = """
select
    channel_id, id, guild_id, type, flags, content, mentions, mention_roles, mention_everyone,
    embeds, components, attachments, reference, sticker_items, poll, edited_timestamp,
    pinned_at
from messages
where (channel_id, id) > ($2, $3) and (channel_id, id) <= ($4, $5) and author_id = $1
order by channel_id, id
"""

SCHEDULED_MESSAGES: Final = """
select id, channel_id, guild_id, body, attachments, send_at, error_code, error_message
from scheduled_messages
where user_id = $1
order by send_at, id
"""

ATTACHMENTS: Final = """
select attachments.id, attachments.channel_id, attachments.taken_at, uploads.filename
from attachments
left join uploads on uploads.id = attachments.id
where attachments.user_id = $1
order by attachments.id
"""

# The files themselves, by the ids that messages name them by.
FILES: Final = """
select
    id,
    'messages/files/' || id as name,
    concat_ws('/', 'attachments', channel_id, id) as key
from attachments
where user_id = $1 and id > $2
order by id
limit $3
"""

REACTIONS_END: Final = """
select channel_id, message_id, emoji, user_id
from reactions
where (channel_id, message_id, emoji, user_id) > ($1, $2, $3, $4)
order by channel_id, message_id, emoji, user_id
offset $5
limit 1
"""

REACTIONS: Final = """
select channel_id, message_id, emoji, reacted_at
from reactions
where (channel_id, message_id, emoji, user_id) > ($2, $3, $4, $5)
    and (channel_id, message_id, emoji, user_id) <= ($6, $7, $8, $9)
    and user_id = $1
order by channel_id, message_id, emoji
"""

VOTES_END: Final = """
select channel_id, message_id, answer_id, user_id
from poll_votes
where (channel_id, message_id, answer_id, user_id) > ($1, $2, $3, $4)
order by channel_id, message_id, answer_id, user_id
offset $5
limit 1
"""

VOTES: Final = """
select channel_id, message_id, answer_id
from poll_votes
where (channel_id, message_id, answer_id, user_id) > ($2, $3, $4, $5)
    and (channel_id, message_id, answer_id, user_id) <= ($6, $7, $8, $9)
    and user_id = $1
order by channel_id, message_id, answer_id
"""

EARLIER_END: Final = """
select channel_id, message_id, changed_at
from message_history
where (channel_id, message_id, changed_at) > ($1, $2, $3)
order by channel_id, message_id, changed_at
offset $4
limit 1
"""

EARLIER: Final = """
select channel_id, message_id, changed_at, kind, content, embeds, attachments
from message_history
where (channel_id, message_id, changed_at) > ($2, $3, $4)
    and (channel_id, message_id, changed_at) <= ($5, $6, $7)
    and author_id = $1
order by channel_id, message_id, changed_at
"""

ACTIONS_END: Final = """
select id
from audit_log
where id > $1
order by id
offset $2
limit 1
"""

ACTIONS: Final = """
select id, guild_id, action_type, user_id, target_id, changes, options, reason
from audit_log
where id > $2 and id <= $3 and (user_id = $1 or target_id = $1)
order by id
"""

PICTURES_OF_ACCOUNT: Final = """
select 'account/avatar' as name, concat_ws('/', 'images/avatars', id, avatar) as key
from users
where id = $1 and avatar is not null
union all
select 'account/banner', concat_ws('/', 'images/banners', id, banner)
from users
where id = $1 and banner is not null
union all
select concat('account/applications/', id, '_icon'),
    concat_ws('/', 'images/application-icons', id, icon)
from applications
where owner_id = $1 and icon is not null
union all
select concat('account/applications/', id, '_cover'),
    concat_ws('/', 'images/application-icons', id, cover_image)
from applications
where owner_id = $1 and cover_image is not null
union all
select concat('account/applications/', users.id, '_avatar'),
    concat_ws('/', 'images/avatars', users.id, users.avatar)
from applications
join users on users.id = applications.bot_id
where owner_id = $1 and users.avatar is not null
"""

PICTURES_OF_GUILDS: Final = """
select concat('guilds/', guild_id, '_avatar') as name,
    concat_ws('/', 'images/members', guild_id, user_id, avatar) as key
from members
where user_id = $1 and avatar is not null
union all
select concat('guilds/', guild_id, '_banner'),
    concat_ws('/', 'images/members', guild_id, user_id, banner)
from members
where user_id = $1 and banner is not null
"""

PICTURES: Final[Mapping[str, LiteralString]] = {
    "users": PICTURES_OF_ACCOUNT,
    "guilds": PICTURES_OF_GUILDS,
}
"""The person's pictures, by backend: under which name, and where in the store."""

UPLOADS: Final[Mapping[str, LiteralString]] = {"messages": FILES}
"""What the person uploaded, by backend, a portion at a time."""

PARTS: Final[Mapping[str, Mapping[str, LiteralString]]] = {
    "users": {
        "account/account": ACCOUNT,
        "account/sessions": SESSIONS,
        "account/devices": DEVICES,
        "account/deeds": DEEDS,
        "account/factors": FACTORS,
        "account/incidents": INCIDENTS,
        **MACHINES,
        "account/registration_codes": REGISTRATION_CODES,
        "account/letters": LETTERS,
        "account/harvests": HARVESTS,
        "account/relationships": RELATIONSHIPS,
        "account/privacy": PRIVACY,
        "account/read_states": READ_STATES,
        "account/dismissed_mentions": DISMISSED_MENTIONS,
        "account/notification_settings": NOTIFICATION_SETTINGS,
        "account/notifications_everywhere": NOTIFICATIONS_EVERYWHERE,
        "account/saved_messages": SAVED_MESSAGES,
        "account/settings": SETTINGS,
        "account/opaque_settings": OPAQUE_SETTINGS,
        "account/notes": NOTES,
        "account/saved_searches": SAVED_SEARCHES,
        "account/badges": BADGES,
        "account/reports_made": REPORTS_MADE,
        "account/reports_about_oneself": REPORTS_ABOUT,
        "account/reports_resolved": REPORTS_RESOLVED,
    },
    "guilds": {
        "guilds/guilds": GUILDS,
        "guilds/bans": BANS,
        "guilds/timeouts": TIMEOUTS,
        "guilds/invites": INVITES,
        "guilds/readings_of_deleted_messages": READINGS,
        "guilds/purges": PURGES,
        "guilds/webhooks": WEBHOOKS,
        "guilds/emojis": EMOJIS,
        "guilds/stickers": STICKERS,
        "guilds/sounds": SOUNDS,
        "guilds/scheduled_events": SCHEDULED_EVENTS,
        "guilds/event_subscriptions": EVENT_SUBSCRIPTIONS,
        "guilds/templates": TEMPLATES,
        "guilds/automod_rules": AUTOMOD_RULES,
        "guilds/threads": THREADS,
        **ARRIVALS,
    },
    "messages": {
        "messages/private_channels": PRIVATE_CHANNELS,
        "messages/scheduled_messages": SCHEDULED_MESSAGES,
        "messages/attachments": ATTACHMENTS,
    },
}
"""What is small enough to be read at once, by backend and file."""

WALKS: Final[Mapping[str, Mapping[str, Walk]]] = {
    "guilds": {"guilds/audit_log": Walk(("0",), ACTIONS_END, ACTIONS)},
    "messages": {
        "messages/messages": Walk(("0", "0"), MESSAGES_END, MESSAGES),
        "messages/earlier_versions": Walk(("0", "0", LONG_AGO), EARLIER_END, EARLIER),
        "messages/reactions": Walk(("0", "0", "", "0"), REACTIONS_END, REACTIONS),
        "messages/poll_votes": Walk(("0", "0", 0, "0"), VOTES_END, VOTES),
    },
}
