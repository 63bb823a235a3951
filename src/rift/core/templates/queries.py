"""The SQL of templates."""

from typing import Final

_COLUMNS: Final = """
select
    templates.code, templates.guild_id, templates.creator_id, templates.name,
    templates.description, templates.usage_count, templates.created_at, templates.updated_at,
    templates.snapshot,
    users.username, users.discriminator, users.global_name, users.avatar, users.banner,
    users.accent_color, users.bot, users.flags as user_flags
from templates
join users on users.id = templates.creator_id
"""

BY_CODE: Final = (
    _COLUMNS
    + """
where templates.code = $1
"""
)

OF_GUILD: Final = (
    _COLUMNS
    + """
where templates.guild_id = $1
"""
)

INSERT: Final = """
insert into templates (
    code, guild_id, creator_id, name, description, created_at, updated_at, snapshot
)
values ($1, $2, $3, $4, $5, $6, $6, $7)
on conflict (guild_id) do nothing
"""

# What the object does not name stays as it is.
UPDATE: Final = """
update templates
set (name, description, snapshot, updated_at) = (
    select name, description, snapshot, updated_at
    from jsonb_populate_record(templates, $2)
)
where code = $1
"""

COUNT_USE: Final = """
update templates
set usage_count = usage_count + 1
where code = $1
"""

DELETE: Final = """
delete from templates
where code = $1
"""
