"""The SQL of accounts and their sessions."""

from typing import Final

BY_LOGIN: Final = """
select users.id, users.disabled, users.locale, factors.secret
from users
left join factors on factors.user_id = users.id and factors.kind = 'password'
where not users.bot
    and (
        (lower(users.username) = lower($1) and users.discriminator = '0')
        or lower(users.email) = lower($1)
    )
"""

FACTOR: Final = """
select secret
from factors
where user_id = $1 and kind = 'password'
"""

LOCK_FACTOR: Final = """
select secret
from factors
where user_id = $1 and kind = 'password'
for update
"""

KEEP_FACTOR: Final = """
insert into factors (id, user_id, kind, secret)
values ($1, $2, 'password', $3)
on conflict (user_id) where kind = 'password'
do update set secret = excluded.secret, created_at = now()
"""

INSERT_USER: Final = """
insert into users (id, username, global_name, email, instance_owner)
values ($1, $2, $3, $4, $5)
on conflict do nothing
"""

TAKEN: Final = """
select exists (
    select from users
    where lower(username) = lower($1) and discriminator = '0'
) as username
"""

INSERT_SESSION: Final = """
insert into sessions (id, user_id, kind, token_hash, client, created_at, used_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $6, $7)
"""

# The session is held before its tokens, as whoever ends it does.
HOLD_REFRESHED: Final = """
select sessions.id, sessions.user_id, sessions.client
from refresh_tokens
join sessions on sessions.id = refresh_tokens.session_id
join users on users.id = sessions.user_id
where refresh_tokens.hash = $1
    and (sessions.expires_at is null or sessions.expires_at > $2)
    and not users.disabled
for no key update of sessions
"""

SPEND_REFRESH: Final = """
update refresh_tokens
set spent_at = $2
where hash = $1 and spent_at is null and expires_at > $2
"""

END_IF_SPENT: Final = """
delete from sessions
where id = $1 and exists (
    select from refresh_tokens
    where hash = $2 and spent_at is not null
)
returning id
"""

PROLONG: Final = """
update sessions
set used_at = $2, expires_at = $3
where id = $1
"""

RENEW: Final = """
update sessions
set token_hash = $2
where id = $1
"""

INSERT_INCIDENT: Final = """
insert into incidents (id, user_id, kind, client, happened_at)
values ($1, $2, $3, $4, $5)
"""

INCIDENTS: Final = """
select kind, client, happened_at
from incidents
where user_id = $1
order by id desc
"""

INSERT_REFRESH: Final = """
insert into refresh_tokens (hash, session_id, expires_at)
values ($1, $2, $3)
"""

SESSIONS: Final = """
select id, client, used_at
from sessions
where user_id = $1 and kind = 'user' and (expires_at is null or expires_at > now())
order by used_at desc, id desc
"""

CLIENT: Final = """
select client
from sessions
where id = $1
"""

END_SESSIONS: Final = """
delete from sessions
where user_id = $1 and id = any($2)
returning id
"""

END_OTHER_SESSIONS: Final = """
delete from sessions
where user_id = $1 and id <> $2
returning id
"""

END_ALL_SESSIONS: Final = """
delete from sessions
where user_id = $1
returning id
"""

PRUNE_SESSIONS: Final = """
delete from sessions
where expires_at < now()
"""

PRUNE_REFRESH: Final = """
delete from refresh_tokens
where expires_at < now()
"""

PRUNE_INCIDENTS: Final = """
delete from incidents
where happened_at < now() - interval '90 days'
"""
