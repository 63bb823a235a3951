"""The SQL of polls."""

from typing import Final

from rift.core.messages.queries import MESSAGES

# Of one message of each row, whatever its channel.
COUNTS: Final = """
select
    votes.channel_id, votes.message_id, votes.answer_id as id, count(*)::int as count,
    bool_or(votes.user_id = $3) as me_voted
from unnest($1::bigint[], $2::bigint[]) as wanted (channel_id, message_id)
join poll_votes as votes
    on votes.channel_id = wanted.channel_id and votes.message_id = wanted.message_id
group by votes.channel_id, votes.message_id, votes.answer_id
order by votes.answer_id
"""

# Two votes of one person for one poll follow one another.
TAKE_TURN: Final = """
select pg_advisory_xact_lock(hashtextextended('vote ' || $1, 0))
"""

_ASKED: Final = """
select author_id, poll, poll_ends_at
from messages
where channel_id = $1 and id = $2
"""

ASKED: Final = _ASKED

# It does not end meanwhile.
HOLD: Final = (
    _ASKED
    + """
for share
"""
)

BLOCK: Final = """
select
from relationships
where user_id = $1 and other_id = $2 and type = 2
"""

VOTE: Final = """
with taken_back as (
    delete from poll_votes
    where channel_id = $1 and message_id = $2 and user_id = $3 and answer_id <> all($4)
    returning answer_id
), given as (
    insert into poll_votes (channel_id, message_id, answer_id, user_id)
    select $1, $2, answer_id, $3
    from unnest($4::int[]) as wanted (answer_id)
    on conflict do nothing
    returning answer_id
)
select answer_id, false as given
from taken_back
union all
select answer_id, true
from given
order by given, answer_id
"""

VOTERS: Final = """
select
    users.id as author_id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags as user_flags
from poll_votes
join users on users.id = poll_votes.user_id
where poll_votes.channel_id = $1
    and poll_votes.message_id = $2
    and poll_votes.answer_id = $3
    and poll_votes.user_id > $4
order by poll_votes.user_id
limit $5
"""

DUE: Final = (
    MESSAGES
    + """
where messages.poll_ends_at <= $1
order by messages.poll_ends_at
limit $2
"""
)

NEXT_DUE: Final = """
select min(poll_ends_at) as due_at
from messages
"""

# Whoever comes first ends it; $3 is what is to be noted of the end.
END: Final = """
update messages
set poll_ends_at = null, poll = poll || $3
where channel_id = $1 and id = $2 and poll_ends_at is not null
"""
