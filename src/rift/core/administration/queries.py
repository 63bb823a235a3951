"""The administrator's SQL."""

from typing import Final

ACCOUNT: Final = """
select id
from users
where lower(username) = lower($1) and discriminator = '0' and not bot
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
