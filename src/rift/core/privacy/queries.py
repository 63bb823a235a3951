"""The SQL of privacy."""

from typing import Final

FETCH: Final = """
select
    coalesce(privacy.direct_messages_from, 'guilds') as direct_messages_from,
    coalesce(privacy.message_requests, true) as message_requests,
    coalesce(privacy.default_guilds_restricted, false) as default_guilds_restricted,
    coalesce(privacy.requests_from_everyone, true) as requests_from_everyone,
    coalesce(privacy.requests_from_mutual_friends, true) as requests_from_mutual_friends,
    coalesce(privacy.requests_from_mutual_guilds, true) as requests_from_mutual_guilds,
    array(
        select guild_id
        from restricted_guilds
        where user_id = users.id
        order by guild_id
    ) as restricted_guilds
from users
left join privacy on privacy.user_id = users.id
where users.id = $1
"""

# What the object does not name stays as it is.
MODIFY: Final = """
insert into privacy
select *
from jsonb_populate_record(
    coalesce(
        (select privacy from privacy where user_id = $1),
        row($1::bigint, 'guilds', true, false, true, true, true)::privacy
    ),
    $2
)
on conflict (user_id) do update
set
    direct_messages_from = excluded.direct_messages_from,
    message_requests = excluded.message_requests,
    default_guilds_restricted = excluded.default_guilds_restricted,
    requests_from_everyone = excluded.requests_from_everyone,
    requests_from_mutual_friends = excluded.requests_from_mutual_friends,
    requests_from_mutual_guilds = excluded.requests_from_mutual_guilds
"""

RESTRICT: Final = """
insert into restricted_guilds (user_id, guild_id)
select $1, guild_id
from members
where user_id = $1 and guild_id = any($2)
on conflict do nothing
"""

RELEASE: Final = """
delete from restricted_guilds
where user_id = $1 and guild_id <> all($2)
"""
