"""The SQL of notes."""

from typing import Final

ALL: Final = """
select about_id, note
from notes
where user_id = $1
"""

ONE: Final = """
select user_id, about_id as note_user_id, note
from notes
where user_id = $1 and about_id = $2
"""

IS_KNOWN: Final = """
select id
from users
where id = $1
"""

WRITE: Final = """
insert into notes (user_id, about_id, note)
values ($1, $2, $3)
on conflict (user_id, about_id) do update
set note = excluded.note
where notes.note <> excluded.note
"""

REMOVE: Final = """
delete from notes
where user_id = $1 and about_id = $2
"""
