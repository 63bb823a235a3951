-- Members who came by a temporary invite leave with their last session, unless given a role.
alter table members add column temporary boolean not null default false;
create index members_temporary on members (user_id) where temporary;

-- Who leaves during a timeout finds it again on coming back.
create table lasting_timeouts (
    guild_id bigint not null references guilds on delete cascade,
    user_id bigint not null references users on delete cascade,
    until timestamptz not null,
    primary key (guild_id, user_id)
);
create index lasting_timeouts_by_end on lasting_timeouts (until);

create index invites_by_expiry on invites (expires_at) where expires_at is not null;
