"""The SQL of second factors."""

from typing import Final

OF_USER: Final = """
select id, kind, secret, used_at
from factors
where user_id = $1 and kind <> 'password'
order by id
"""

ACCOUNT: Final = """
select disabled, locale
from users
where id = $1
"""

TOTP: Final = """
select id, secret
from factors
where user_id = $1 and kind = 'totp'
"""

INSERT_TOTP: Final = """
insert into factors (id, user_id, kind, secret, last_step)
values ($1, $2, 'totp', $3, $4)
on conflict do nothing
"""

# Of two who bring the same code, the second finds its step taken.
TAKE_STEP: Final = """
update factors
set last_step = $2, used_at = $3
where id = $1 and (last_step is null or last_step < $2)
"""

DROP_TOTP: Final = """
delete from factors
where user_id = $1 and kind = 'totp'
"""

SPEND_BACKUP_CODE: Final = """
update factors
set used_at = $3
where user_id = $1 and kind = 'backup_code' and secret = any($2) and used_at is null
"""

DROP_BACKUP_CODES: Final = """
delete from factors
where user_id = $1 and kind = 'backup_code'
"""

INSERT_BACKUP_CODES: Final = """
insert into factors (id, user_id, kind, secret)
select code.id, $1, 'backup_code', code.secret
from unnest($2::bigint[], $3::text[]) as code (id, secret)
"""

PASSKEYS: Final = """
select
    passkeys.id, passkeys.credential_id, passkeys.site, passkeys.name, passkeys.transports,
    factors.used_at
from passkeys
join factors on factors.id = passkeys.id
where factors.user_id = $1
order by passkeys.id
"""

BY_CREDENTIAL: Final = """
select
    passkeys.id, passkeys.site, factors.user_id, factors.secret as public_key
from passkeys
join factors on factors.id = passkeys.id
where passkeys.credential_id = $1
"""

INSERT_PASSKEY_FACTOR: Final = """
insert into factors (id, user_id, kind, secret)
values ($1, $2, 'passkey', $3)
"""

INSERT_PASSKEY: Final = """
insert into passkeys (id, credential_id, site, name, sign_count, transports)
values ($1, $2, $3, $4, $5, $6)
on conflict do nothing
"""

# A counter that does not grow belongs to a copy; keys without one stay at zero.
COUNT_USE: Final = """
update passkeys
set sign_count = $2
where id = $1 and (sign_count < $2 or (sign_count = 0 and $2::bigint = 0))
"""

NOTE_USE: Final = """
update factors
set used_at = $2
where id = $1
"""

NAME_PASSKEY: Final = """
update passkeys
set name = $3
from factors
where factors.id = passkeys.id and passkeys.id = $1 and factors.user_id = $2
returning passkeys.id, passkeys.name, factors.used_at
"""

DROP_PASSKEY: Final = """
delete from factors
where id = $1 and user_id = $2 and kind = 'passkey'
"""

# Their `mfa_enabled` is their owner's.
BOTS: Final = """
select bot_id
from applications
where owner_id = $1 and bot_id is not null
"""
