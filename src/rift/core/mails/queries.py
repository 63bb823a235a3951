"""The SQL of mail."""

from typing import Final

ORDER: Final = """
insert into mails (id, user_id, kind, address, asked_at, due_at)
select $1, $2, $3, $4, $5, $5
where (select count(*) from mails) < $6
"""

# The same statement whether there is such an account or not: it takes as long.
ORDER_RESET: Final = """
insert into mails (id, user_id, kind, asked_at, due_at)
select
    $1,
    (
        select id
        from users
        where not bot and not barred
            and (
                lower(email) = lower($2)
                or (lower(username) = lower($2) and discriminator = '0')
            )
    ),
    'reset', $3, $3
where (select count(*) from mails) < $4
"""

# Each taking puts the letter off: who falls while carrying it leaves it to be tried again.
TAKE: Final = """
update mails
set
    attempts = attempts + 1,
    due_at = $1 + ($2::interval[])[least(attempts + 1, cardinality($2::interval[]))]
where id in (
    select id
    from mails
    where due_at <= $1
    order by due_at
    limit $3
    for update skip locked
)
returning id, user_id, kind, address, attempts, asked_at
"""

NEXT_DUE: Final = """
select min(due_at) as due_at
from mails
"""

ADDRESSEE: Final = """
select id, username, global_name, locale, email, pending_email, leaves_at
from users
where id = $1 and not bot and not deleted
"""

DONE: Final = """
delete from mails
where id = $1
"""

KEEP: Final = """
insert into mailed_tokens (hash, user_id, kind, address, expires_at)
values ($1, $2, $3, $4, $5)
"""

# Who comes with the same token at the same time finds it gone.
SPEND: Final = """
delete from mailed_tokens
where hash = $1 and kind = $2 and expires_at > $3
returning user_id, address
"""

FIND: Final = """
select user_id, address
from mailed_tokens
where hash = $1 and kind = $2 and expires_at > $3
"""

FORGET: Final = """
delete from mailed_tokens
where user_id = $1 and kind = $2
"""

PRUNE: Final = """
delete from mailed_tokens
where expires_at < $1
"""
