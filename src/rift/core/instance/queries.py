"""The SQL of the instance."""

from typing import Final

HAS_OWNER: Final = """
select exists (select from users where instance_owner) as owned
"""

KEEP_SETUP: Final = """
insert into instance (key, value)
values ('setup_token', $1)
on conflict (key) do update set value = excluded.value
"""

FORGET_SETUP: Final = """
delete from instance
where key = 'setup_token'
"""

SPEND_SETUP: Final = """
delete from instance
where key = 'setup_token'
    and value = $1
    and not exists (select from users where instance_owner)
"""

OWNS: Final = """
select id
from users
where id = $1 and instance_owner and not disabled
"""

INSTANCE_ID: Final = """
select value
from instance
where key = 'id'
"""
