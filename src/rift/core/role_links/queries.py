"""The SQL of linked roles."""

from typing import Final

OF_GUILD: Final = """
select role_id, rules
from role_links
where guild_id = $1
order by role_id
"""

ONE: Final = """
select role_id, rules
from role_links
where guild_id = $1 and role_id = $2
"""

PUT: Final = """
insert into role_links (role_id, guild_id, rules)
values ($1, $2, $3)
on conflict (role_id) do update
set rules = excluded.rules
"""

DELETE: Final = """
delete from role_links
where role_id = $1
"""

FACTS: Final = """
select application_id, key, type, name, description
from role_connection_metadata
where application_id = any($1)
"""

SAID: Final = """
select application_id, metadata
from role_connections
where user_id = $1 and application_id = any($2)
"""

SAID_OF_MANY: Final = """
select user_id, application_id, metadata
from role_connections
where user_id = any($1) and application_id = any($2)
"""

DOUBT_ROLE: Final = """
insert into role_link_reviews (role_id, user_id, due_at)
values ($1, 0, $2)
on conflict (role_id, user_id) do update
set reached = 0, due_at = excluded.due_at
"""

# In the order of their ids, so that nobody waits for each other here.
DOUBT_APPLICATION: Final = """
insert into role_link_reviews (role_id, user_id, due_at)
select role_id, 0, $2
from role_links
where rules @> jsonb_build_array(
    jsonb_build_array(jsonb_build_object('application_id', $1::text))
)
order by role_id
on conflict (role_id, user_id) do update
set reached = 0, due_at = excluded.due_at
"""

DOUBT_USER: Final = """
insert into role_link_reviews (role_id, user_id, due_at)
select role_links.role_id, members.user_id, $3
from members
join role_links
    on role_links.guild_id = members.guild_id and role_links.role_id = any(members.roles)
where members.user_id = $2
    and role_links.rules @> jsonb_build_array(
        jsonb_build_array(jsonb_build_object('application_id', $1::text))
    )
order by role_links.role_id
on conflict (role_id, user_id) do update
set due_at = excluded.due_at
"""

DUE: Final = """
select role_link_reviews.role_id, role_link_reviews.user_id, role_links.guild_id
from role_link_reviews
join role_links using (role_id)
where due_at <= $1
order by due_at
limit $2
"""

NEXT_DUE: Final = """
select min(due_at) as due_at
from role_link_reviews
"""

HOLD_REVIEW: Final = """
select role_link_reviews.reached, role_links.rules
from role_link_reviews
join role_links using (role_id)
where role_id = $1 and user_id = $2
for update of role_link_reviews
"""

HOLDERS: Final = """
select user_id
from members
where guild_id = $1 and roles @> array[$2::bigint] and user_id > $3
order by user_id
limit $4
"""

GO_ON: Final = """
update role_link_reviews
set reached = $3, due_at = $4
where role_id = $1 and user_id = $2
"""

DONE: Final = """
delete from role_link_reviews
where role_id = $1 and user_id = $2
"""

POSTPONE: Final = """
update role_link_reviews
set due_at = $3
where role_id = $1 and user_id = $2
"""
