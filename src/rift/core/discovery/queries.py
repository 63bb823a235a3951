"""The SQL of discovery."""

from typing import Final

_IS_FOUND: Final = """
where 'DISCOVERABLE' = any(guilds.features)
    and ($1::bigint[] is null or guilds.id = any($1))
    and (
        $2::int[] is null
        or discovery_metadata.primary_category_id = any($2)
        or discovery_metadata.category_ids && $2
        or (discovery_metadata.guild_id is null and 0 = any($2))
    )
    and not exists (
        select
        from unnest($3::text[]) as word
        where strpos(
            lower(
                concat_ws(
                    ' ', guilds.name, guilds.description,
                    array_to_string(discovery_metadata.keywords, ' ')
                )
            ),
            lower(word)
        ) = 0
    )
"""

COUNT: Final = (
    """
select count(*)::int as count
from guilds
left join discovery_metadata on discovery_metadata.guild_id = guilds.id
"""
    + _IS_FOUND
)

_COLUMNS: Final = """
select
    guilds.id as guild_id,
    coalesce(discovery_metadata.primary_category_id, 0) as primary_category_id,
    coalesce(discovery_metadata.category_ids, '{}') as category_ids,
    coalesce(discovery_metadata.keywords, '{}') as keywords,
    (
        select count(*)::int
        from members
        where members.guild_id = guilds.id
    ) as size
from guilds
left join discovery_metadata on discovery_metadata.guild_id = guilds.id
"""

# Those with the most members first.
PAGE: Final = (
    _COLUMNS
    + _IS_FOUND
    + """
order by size desc, guilds.id
limit $4
offset $5
"""
)

METADATA: Final = """
select guild_id, primary_category_id, category_ids, keywords, about
from discovery_metadata
where guild_id = $1
"""

PUT: Final = """
insert into discovery_metadata (guild_id, primary_category_id, category_ids, keywords, about)
values ($1, $2, $3, $4, $5)
on conflict (guild_id) do update
set
    primary_category_id = excluded.primary_category_id,
    category_ids = excluded.category_ids,
    keywords = excluded.keywords,
    about = excluded.about
"""
