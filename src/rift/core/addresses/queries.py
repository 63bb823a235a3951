"""The SQL of addresses."""

from typing import Final

OF_USER: Final = """
select email, verified, pending_email
from users
where id = $1
"""

TAKEN: Final = """
select exists (
    select from users
    where lower(email) = lower($1) and id <> $2
) as taken
"""

# Only the address that is still to be confirmed becomes the account's.
CONFIRM: Final = """
update users
set
    email = $2,
    verified = true,
    pending_email = null
where id = $1 and (email = $2 or pending_email = $2) and not deleted
"""

PROVEN_BY_RESET: Final = """
update users
set verified = true
where id = $1 and email = $2
"""

HAS_SECOND_FACTOR: Final = """
select exists (
    select from factors
    where user_id = $1 and kind in ('totp', 'passkey')
) as guarded
"""

MAY_ENTER: Final = """
select disabled
from users
where id = $1
"""
