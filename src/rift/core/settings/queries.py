"""The SQL of settings."""

from typing import Final

HOLD: Final = """
select users.locale, settings.document
from users
left join settings on settings.user_id = users.id
where users.id = $1
for no key update of users
"""

READ: Final = """
select users.locale, settings.document
from users
left join settings on settings.user_id = users.id
where users.id = $1
"""

WRITE: Final = """
insert into settings (user_id, document)
values ($1, $2)
on conflict (user_id) do update
set document = settings.document || excluded.document
"""

SPEAK: Final = """
update users
set locale = $2
where id = $1
"""

PROTO: Final = """
select version, proto
from settings_protos
where user_id = $1 and type = $2
"""

WRITE_PROTO: Final = """
insert into settings_protos (user_id, type, version, proto)
values ($1, $2, $3, $4)
on conflict (user_id, type) do update
set version = excluded.version, proto = excluded.proto
"""
