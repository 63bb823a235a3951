"""The SQL of harvests."""

from typing import Final

COLUMNS: Final = """
select
    id, user_id, status, wanted, done, scanned, size_bytes, created_at, updated_at, completed_at,
    expires_at
from harvests
"""

LATEST: Final = (
    COLUMNS
    + """
where user_id = $1
order by id desc
limit 1
"""
)

# One at a time: whoever asks while one is under way gets no second one.
INSERT: Final = """
insert into harvests (id, user_id, wanted, created_at, updated_at)
values ($1, $2, $3, $4, $4)
on conflict (user_id) where status < 2 do nothing
"""

# Also one that was begun and broke off: a single process works on them.
NEXT: Final = """
update harvests
set status = 1, done = '{}', scanned = 0, updated_at = $1
where id = (
    select id
    from harvests
    where status < 2
    order by id
    limit 1
)
returning id, user_id, wanted
"""

SCANNED: Final = """
update harvests
set scanned = scanned + $2, updated_at = $3
where id = $1
"""

DONE_WITH: Final = """
update harvests
set done = array_append(done, $2), updated_at = $3
where id = $1
"""

COMPLETE: Final = """
update harvests
set status = 3, size_bytes = $2, completed_at = $3, updated_at = $3, expires_at = $4
where id = $1
"""

FAIL: Final = """
update harvests
set status = 2, updated_at = $2
where id = $1
"""

READY: Final = """
select user_id
from harvests
where id = $1 and status = 3 and expires_at > $2
"""

KEPT: Final = """
select id
from harvests
where status < 2 or expires_at > $1
"""

PRUNE: Final = """
delete from harvests
where (expires_at < $1 and completed_at < $1 - interval '30 days')
    or (status = 2 and updated_at < $1 - interval '30 days')
"""

MAKE_KEY: Final = """
insert into instance (key, value)
values ('download_key', $1)
on conflict (key) do nothing
"""

KEY: Final = """
select value
from instance
where key = 'download_key'
"""
