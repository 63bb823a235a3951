"""The administrator's SQL."""

from typing import Final

INSERT_USER: Final = """
insert into users (id, username, instance_owner)
values ($1, $2, $3)
on conflict do nothing
"""

KEEP_FACTOR: Final = """
insert into factors (id, user_id, kind, secret)
values ($1, $2, 'password', $3)
on conflict (user_id) where kind = 'password'
do update set secret = excluded.secret, created_at = now()
"""

ACCOUNT: Final = """
select id
from users
where lower(username) = lower($1) and not bot
"""

END_SESSIONS: Final = """
delete from sessions
where user_id = $1
returning id
"""

MAKE_OWNER: Final = """
update users
set instance_owner = true
where id = $1
"""

ACCOUNTS: Final = """
select id, username, instance_owner, disabled
from users
where not bot
order by id
"""
