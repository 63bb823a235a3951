"""The SQL of channels."""

from typing import Final

COLUMNS: Final = """
returning
    id, guild_id, type, name, topic, position, parent_id, nsfw, rate_limit_per_user, bitrate,
    user_limit, rtc_region, video_quality_mode, default_auto_archive_duration, flags,
    last_pin_timestamp, default_thread_rate_limit_per_user, available_tags,
    default_reaction_emoji, default_sort_order, default_forum_layout, default_tag_setting, template
"""

INSERT: Final = (
    """
insert into channels (
    id, guild_id, type, name, topic, position, parent_id, nsfw, rate_limit_per_user, bitrate,
    user_limit, rtc_region, video_quality_mode, default_auto_archive_duration, flags,
    default_thread_rate_limit_per_user, available_tags, default_reaction_emoji,
    default_sort_order, default_forum_layout, default_tag_setting, template
)
select
    id, guild_id, type, name, topic, position, parent_id, nsfw, rate_limit_per_user, bitrate,
    user_limit, rtc_region, video_quality_mode, default_auto_archive_duration,
    coalesce(flags, 0), default_thread_rate_limit_per_user, available_tags,
    default_reaction_emoji, default_sort_order, default_forum_layout, default_tag_setting, template
from jsonb_populate_recordset(null::channels, $1)
"""
    + COLUMNS
)

# What the object does not name stays as it is.
UPDATE: Final = (
    """
update channels
set (
    type, name, topic, position, parent_id, nsfw, rate_limit_per_user, bitrate, user_limit,
    rtc_region, video_quality_mode, default_auto_archive_duration, flags,
    default_thread_rate_limit_per_user, available_tags, default_reaction_emoji,
    default_sort_order, default_forum_layout, default_tag_setting, template
) = (
    select
        type, name, topic, position, parent_id, nsfw, rate_limit_per_user, bitrate, user_limit,
        rtc_region, video_quality_mode, default_auto_archive_duration, flags,
        default_thread_rate_limit_per_user, available_tags, default_reaction_emoji,
        default_sort_order, default_forum_layout, default_tag_setting, template
    from jsonb_populate_record(channels, $2)
)
where id = $1
"""
    + COLUMNS
)

PLACE: Final = """
update channels
set
    position = places.position,
    parent_id = places.parent_id
from unnest($1::bigint[], $2::int[], $3::bigint[]) as places (id, position, parent_id)
where channels.id = places.id
"""

DELETE: Final = """
delete from channels
where id = $1
"""

CLEAR_OVERWRITES: Final = """
delete from overwrites
where channel_id = any($1)
"""

INSERT_OVERWRITES: Final = """
insert into overwrites (channel_id, id, type, allow, deny)
select channel_id, id, type, allow, deny
from jsonb_populate_recordset(null::overwrites, $1)
"""

MEMBERS_AMONG: Final = """
select user_id
from members
where guild_id = $1 and user_id = any($2)
"""

FORSAKE: Final = """
insert into forsaken_channels (id, forsaken_at)
values ($1, $2)
"""

NEXT_FORSAKEN: Final = """
select id
from forsaken_channels
where forsaken_at < $1
order by id
limit 1
for update skip locked
"""

ERASE: Final = """
with gone as (
    delete from messages
    where (channel_id, id) in (
        select channel_id, id
        from messages
        where channel_id = $1
        order by id
        limit $2
    )
    returning id
), unreacted as (
    delete from reactions
    where channel_id = $1 and message_id in (select id from gone)
), unvoted as (
    delete from poll_votes
    where channel_id = $1 and message_id in (select id from gone)
)
select count(*)::int as count
from gone
"""

ERASE_HISTORY: Final = """
delete from message_history
where (channel_id, message_id, changed_at) in (
    select channel_id, message_id, changed_at
    from message_history
    where channel_id = $1
    limit $2
)
"""

# What was published from there, and what was published to there.
ERASE_COPIES: Final = """
with gone as (
    delete from copies
    where (source_channel_id, source_id, webhook_id) in (
        (
            select source_channel_id, source_id, webhook_id
            from copies
            where source_channel_id = $1
            limit $2
        )
        union all
        (
            select source_channel_id, source_id, webhook_id
            from copies
            where channel_id = $1
            limit $2
        )
    )
    returning source_id
), unpublished as (
    delete from publications
    where channel_id = $1
)
select count(*)::int as count
from gone
"""

REMEMBER_NO_MORE: Final = """
delete from forsaken_channels
where id = $1
"""
