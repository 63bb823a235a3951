"""The SQL of backups."""

from typing import Final

# Not while a backup is copying files: it has the names of those that are to go.
MAY_REMOVE: Final = """
select pg_try_advisory_xact_lock_shared(542234697, 0) as free
"""

ORDER: Final = """
insert into backup_runs (id, kind, name)
values ($1, $2, $3)
on conflict ((true)) where ended_at is null do nothing
"""

LATEST: Final = """
select
    id, case kind when 0 then 'make' else 'check' end as kind, name, begun_at, ended_at, step,
    done::float8 as done, total::float8 as total, problem
from backup_runs
order by id desc
limit 1
"""

# Also one that was begun by a process that is gone.
BEGIN: Final = """
update backup_runs
set begun_at = $1, step = null, done = 0, total = 0
where ended_at is null
returning id, kind, name
"""

ADVANCE: Final = """
update backup_runs
set step = $2, done = $3, total = $4
where id = $1
"""

END: Final = """
update backup_runs
set ended_at = $2, name = coalesce($3, name), problem = $4
where id = $1
"""

FORGET: Final = """
delete from backup_runs
where ended_at is not null and id < $1
"""

LAST_MADE: Final = """
select max(begun_at) as at
from backup_runs
where kind = 0
"""
