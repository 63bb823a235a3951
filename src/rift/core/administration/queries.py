"""The administrator's SQL."""

from typing import Final

ACCOUNT: Final = """
select id
from users
where lower(username) = lower($1) and discriminator = '0' and not bot and not deleted
"""

MAKE_OWNER: Final = """
update users
set instance_owner = true
where id = $1
"""

ACCOUNTS: Final = """
select id, username, instance_owner, disabled, leaves_at is not null as leaving
from users
where not bot and not deleted
order by id
"""
