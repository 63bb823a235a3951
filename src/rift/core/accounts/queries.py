"""The SQL of accounts and their sessions."""

from typing import Final

BY_LOGIN: Final = """
select users.id, users.disabled, factors.secret
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

END_ALL_SESSIONS: Final = """
delete from sessions
where user_id = $1
returning id
"""

PRUNE_SESSIONS: Final = """
delete from sessions
where expires_at < now()
"""
