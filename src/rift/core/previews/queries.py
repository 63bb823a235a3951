"""The SQL of link previews."""

from typing import Final

NOTE: Final = """
insert into link_errands (channel_id, message_id, author_id)
select distinct channel_id, message_id, author_id
from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as noted (channel_id, message_id, author_id)
on conflict (channel_id, message_id) do update
set version = link_errands.version + 1
"""

# One of each author, so that nobody's links keep those of others waiting. Of $1 is one under way.
ERRANDS: Final = """
select channel_id, message_id, author_id, version
from (
    select distinct on (author_id) channel_id, message_id, author_id, version, noted_at
    from link_errands
    where author_id <> all($1::bigint[])
    order by author_id, noted_at, message_id
) as next
order by noted_at
limit $2
"""

TOO_LATE: Final = """
delete from link_errands
where noted_at < $1
"""

DONE: Final = """
delete from link_errands
where channel_id = $1 and message_id = $2 and version = $3
"""

KNOWN: Final = """
select embed
from link_previews
where hash = $1 and expires_at > $2
"""

KEEP: Final = """
insert into link_previews (hash, embed, expires_at)
values ($1, $2, $3)
on conflict (hash) do update
set embed = excluded.embed, expires_at = excluded.expires_at
"""

PRUNE: Final = """
delete from link_previews
where expires_at < $1
    or expires_at < (
        select expires_at
        from link_previews
        order by expires_at desc
        offset $2
        limit 1
    )
"""

IMAGE: Final = """
select token, media, fetched_at is not null as is_here
from link_images
where hash = $1
"""

# Two who fetch the same at once keep it under one token.
KEEP_IMAGE: Final = """
insert into link_images (token, url, hash, size, media)
values ($1, $2, $3, $4, $5)
on conflict (hash) do update
set size = excluded.size, media = excluded.media
returning token
"""

IS_HERE: Final = """
update link_images
set fetched_at = $2
where token = $1
"""

# Who gets the row is the one to try.
TRY_AGAIN: Final = """
update link_images
set tried_at = $2
where token = $1 and (tried_at is null or tried_at < $3)
returning url
"""

# What goes beyond the space there is for all, the oldest first.
SURPLUS: Final = """
update link_images
set fetched_at = null
where token in (
    select token
    from (
        select token, sum(size) over (order by fetched_at desc, token) as total
        from link_images
        where fetched_at is not null
    ) as aged
    where total > $1
)
returning token
"""

ATTACH: Final = """
update messages
set embeds = $3, components = $4
where channel_id = $1 and id = $2
"""

FORSAKE: Final = """
insert into forsaken_files (key)
select unnest($1::text[])
on conflict do nothing
"""
