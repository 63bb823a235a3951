"""The SQL of join requests, and of the form they answer."""

from typing import Final

FORM: Final = """
select version, description, form_fields
from member_verifications
where guild_id = $1
"""

PUT_FORM: Final = """
insert into member_verifications (guild_id, version, description, form_fields)
values ($1, $2, $3, $4)
on conflict (guild_id) do update
set
    version = excluded.version,
    description = excluded.description,
    form_fields = excluded.form_fields
"""

COLUMNS: Final = """
select
    id, guild_id, user_id, status, created_at, form_responses, rejection_reason, reviewed_at,
    reviewer_id, last_seen
from join_requests
"""

OF_USER: Final = (
    COLUMNS
    + """
where guild_id = $1 and user_id = $2
"""
)

ONE: Final = (
    COLUMNS
    + """
where guild_id = $1 and id = $2
"""
)

ANYWHERE: Final = (
    COLUMNS
    + """
where id = $1
"""
)

# Who was let in and has seen it has nothing more to do with it.
ACTIVE: Final = (
    COLUMNS
    + """
where user_id = $1 and (status <> 'APPROVED' or last_seen is null)
order by id
limit $2
"""
)

REJECTED_AT: Final = """
select rejected_at
from join_requests
where guild_id = $1 and user_id = $2 and rejected_at is not null
"""

SEE: Final = """
update join_requests
set last_seen = $4
where guild_id = $1
    and user_id = $2
    and $3 in (id, user_id)
    and status = 'APPROVED'
    and last_seen is null
returning
    id, guild_id, user_id, status, created_at, form_responses, rejection_reason, reviewed_at,
    reviewer_id, last_seen
"""

LIST_BEFORE: Final = (
    COLUMNS
    + """
where guild_id = $1 and status = any($2) and id < $3
order by id desc
limit $4
"""
)

LIST_AFTER: Final = (
    COLUMNS
    + """
where guild_id = $1 and status = any($2) and id > $3
order by id
limit $4
"""
)

COUNT: Final = """
select count(*)::int as count
from join_requests
where guild_id = $1 and status = any($2)
"""

# Who was there before begins anew.
PUT: Final = """
insert into join_requests (
    id, guild_id, user_id, status, created_at, form_responses, reviewed_at
)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (guild_id, user_id) do update
set
    id = case when join_requests.status = 'STARTED' then join_requests.id else excluded.id end,
    status = excluded.status,
    created_at = excluded.created_at,
    form_responses = excluded.form_responses,
    rejection_reason = null,
    reviewed_at = excluded.reviewed_at,
    reviewer_id = null,
    last_seen = null
returning
    id, guild_id, user_id, status, created_at, form_responses, rejection_reason, reviewed_at,
    reviewer_id, last_seen
"""

DECIDE: Final = """
update join_requests
set
    status = $3,
    rejection_reason = $4,
    reviewed_at = $5,
    reviewer_id = $6,
    rejected_at = case when $3 = 'REJECTED' then $5 else rejected_at end
where guild_id = $1 and user_id = $2 and status in ('STARTED', 'SUBMITTED')
returning
    id, guild_id, user_id, status, created_at, form_responses, rejection_reason, reviewed_at,
    reviewer_id, last_seen
"""

# Who was put out before is so again: leaving makes nobody forget it.
RESTORE: Final = """
update join_requests
set status = 'REJECTED', form_responses = null, reviewed_at = rejected_at
where guild_id = $1
    and user_id = $2
    and status in ('STARTED', 'SUBMITTED')
    and rejected_at is not null
returning id
"""

WITHDRAW: Final = """
delete from join_requests
where guild_id = $1 and user_id = $2 and status in ('STARTED', 'SUBMITTED')
returning id
"""

WAITING: Final = """
select id, user_id
from join_requests
where guild_id = $1 and status = 'SUBMITTED' and id > $2
order by id
limit $3
"""

PENDING: Final = """
select user_id
from members
where guild_id = $1 and pending
order by user_id
"""

PRUNE: Final = """
delete from join_requests
where id in (
    select id
    from join_requests
    where reviewed_at < $1
    order by reviewed_at
    limit $2
    for update skip locked
)
"""
