"""The SQL of relationships."""

from typing import Final

RELATIONSHIPS: Final = """
select
    relationships.user_id, relationships.other_id, relationships.type, relationships.nickname,
    relationships.ignored, relationships.stranger, relationships.since, users.username,
    users.discriminator, users.global_name, users.avatar, users.banner, users.accent_color,
    users.bot, users.flags as user_flags
from relationships
join users on users.id = relationships.other_id
"""

LIST: Final = (
    RELATIONSHIPS
    + """
where relationships.user_id = $1
order by relationships.other_id
"""
)

# Everybody to whom somebody is something, as they see it.
KNOWN_BY: Final = (
    RELATIONSHIPS
    + """
where relationships.other_id = $1
order by relationships.user_id
"""
)

# Both sides of a pair, with the people themselves; an account that is gone is nothing to anybody.
PAIR: Final = """
select
    sides.user_id, sides.other_id, relationships.type, relationships.nickname,
    relationships.ignored, relationships.stranger, relationships.since, users.username,
    users.discriminator, users.global_name, users.avatar, users.banner, users.accent_color,
    users.bot, users.flags as user_flags
from (
    values ($1::bigint, $2::bigint), ($2::bigint, $1::bigint)
) as sides (user_id, other_id)
join users on users.id = sides.other_id and not users.deleted
left join relationships
    on relationships.user_id = sides.user_id and relationships.other_id = sides.other_id
"""

# In the order of ids, so that two who change the same pair never wait for each other for ever.
HOLD: Final = """
select id
from users
where id = any($1)
order by id
for no key update
"""

BY_NAME: Final = """
select id
from users
where lower(username) = lower($1) and discriminator = $2
"""

PUT: Final = """
insert into relationships (user_id, other_id, type, nickname, ignored, stranger, since)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (user_id, other_id) do update
set
    type = excluded.type,
    nickname = excluded.nickname,
    ignored = excluded.ignored,
    stranger = excluded.stranger,
    since = excluded.since
"""

DELETE: Final = """
delete from relationships
where user_id = $1 and other_id = $2
"""

FRIENDS_AMONG: Final = """
select other_id
from relationships
where user_id = $1 and type = 1 and other_id = any($2)
"""

FRIENDS: Final = """
select count(*)::int as count
from relationships
where user_id = $1 and type = 1
"""

MUTUAL_FRIENDS: Final = """
select
    theirs.other_id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags as user_flags
from relationships as mine
join relationships as theirs on theirs.other_id = mine.other_id
join users on users.id = theirs.other_id
where mine.user_id = $1 and mine.type = 1 and theirs.user_id = $2 and theirs.type = 1
order by theirs.other_id
"""

# How close two people are, and who of strangers the second one lets ask.
CLOSENESS: Final = """
select
    exists (
        select
        from relationships as mine
        join relationships as theirs on theirs.other_id = mine.other_id
        where mine.user_id = $1 and mine.type = 1 and theirs.user_id = $2 and theirs.type = 1
    ) as mutual_friends,
    exists (
        select
        from members as mine
        join members as theirs on theirs.guild_id = mine.guild_id
        where mine.user_id = $1 and theirs.user_id = $2
    ) as mutual_guilds,
    coalesce(privacy.requests_from_everyone, true) as from_everyone,
    coalesce(privacy.requests_from_mutual_friends, true) as from_mutual_friends,
    coalesce(privacy.requests_from_mutual_guilds, true) as from_mutual_guilds
from (values (1)) as here
left join privacy on privacy.user_id = $2
"""

SOME_OTHERS: Final = """
select other_id
from relationships
where user_id = $1
union
select user_id
from relationships
where other_id = $1
limit $2
"""

REQUESTERS: Final = """
select other_id, ignored
from relationships
where user_id = $1 and type = 3
order by other_id
"""
