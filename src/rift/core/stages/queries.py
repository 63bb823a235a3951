"""The SQL of stage instances."""

from typing import Final

INSERT: Final = """
insert into stage_instances (
    id, guild_id, channel_id, topic, privacy_level, guild_scheduled_event_id
)
values ($1, $2, $3, $4, $5, $6)
"""

UPDATE: Final = """
update stage_instances
set topic = $2, privacy_level = $3
where id = $1
"""

DELETE: Final = """
delete from stage_instances
where id = $1
"""

SILENT: Final = """
select id, guild_id, channel_id
from stage_instances
where not exists (
    select
    from voice_states
    where voice_states.channel_id = stage_instances.channel_id
        and not voice_states.suppress
        and voice_states.request_to_speak_timestamp is null
)
"""

# It is said in the same unit, after the stage has its id.
OPENER: Final = """
select author_id
from messages
where channel_id = $1 and id > $2 and type = 27
order by id
limit 1
"""
