"""The SQL of registration codes."""

from typing import Final

INSERT: Final = """
insert into registration_codes (code, creator_id, note, max_uses, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6)
returning code, creator_id, note, max_uses, uses, created_at, expires_at
"""

ALL: Final = """
select code, creator_id, note, max_uses, uses, created_at, expires_at
from registration_codes
order by created_at desc, code
"""

# Who uses the same code at the same time waits here for the other to make it or not.
USE: Final = """
update registration_codes
set uses = uses + 1
where code = $1
    and uses < max_uses
    and (expires_at is null or expires_at > $2)
"""

DELETE: Final = """
delete from registration_codes
where code = $1
"""

# A code that is used up stays for a while, so that its maker sees what became of it.
PRUNE: Final = """
delete from registration_codes
where expires_at < $1
"""
