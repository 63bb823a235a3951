-- An application in a guild is an integration of it, with an id of its own. Who runs the instance
-- brings a bot in without being anybody's member.
alter table guild_applications alter column user_id drop not null;
alter table guild_applications add column id bigint;
alter table guild_applications add column scopes text[] not null default '{applications.commands}';

insert into guild_applications (guild_id, application_id, scopes)
select members.guild_id, applications.id, '{bot}'
from applications
join members on members.user_id = applications.bot_id
on conflict (guild_id, application_id) do update
set scopes = '{applications.commands,bot}';

-- Ids of the moment at which they are given, one after the other.
update guild_applications
set id = (extract(epoch from now()) * 1000 - 1420070400000)::bigint << 22 | numbered.number
from (
    select guild_id, application_id, row_number() over () as number
    from guild_applications
) as numbered
where numbered.guild_id = guild_applications.guild_id
    and numbered.application_id = guild_applications.application_id;
alter table guild_applications alter column id set not null;
create unique index guild_applications_by_id on guild_applications (id);

-- How a guild that everybody may find presents itself.
create table discovery_metadata (
    guild_id bigint primary key references guilds on delete cascade,
    primary_category_id int not null default 0,
    category_ids int[] not null default '{}',
    keywords text[] not null default '{}',
    about text
);
create index guilds_to_discover on guilds (id) where 'DISCOVERABLE' = any (features);

-- For whom an invite is alone, and how far the list of them was read.
create table invite_audiences (
    code text primary key references invites on delete cascade,
    total int not null,
    created_at timestamptz not null,
    completed_at timestamptz not null
);
create table invite_targets (
    code text not null references invite_audiences on delete cascade,
    user_id bigint not null,
    place int not null,
    primary key (code, user_id)
);
create index invite_targets_by_user on invite_targets (user_id);
