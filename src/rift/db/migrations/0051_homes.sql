-- What of the guide for new members somebody has done; who leaves and comes back begins anew.
create table guide_progress (
    guild_id bigint not null,
    user_id bigint not null,
    channel_ids bigint[] not null,
    primary key (guild_id, user_id),
    foreign key (guild_id, user_id) references members on delete cascade
);

-- How a channel is drawn in the guide: among the things to do, and among those to read.
create table guide_icons (
    id bigint primary key references channels on delete cascade,
    action_icon text,
    resource_icon text
);
create trigger loosen_changed after update of action_icon, resource_icon on guide_icons
    for each row
    when ((old.action_icon, old.resource_icon) is distinct from (new.action_icon, new.resource_icon))
    execute function loosen_images(
        'new-member-actions', 'action_icon', 'resource-channels', 'resource_icon'
    );
create trigger loosen_deleted after delete on guide_icons
    for each row
    when (num_nonnulls(old.action_icon, old.resource_icon) > 0)
    execute function loosen_images(
        'new-member-actions', 'action_icon', 'resource-channels', 'resource_icon'
    );

-- The image above a guild's home.
alter table guilds add column home_header text;
create trigger loosen_home_changed after update of home_header on guilds
    for each row
    when (old.home_header is distinct from new.home_header)
    execute function loosen_images('home-headers', 'home_header');
create trigger loosen_home_deleted after delete on guilds
    for each row
    when (old.home_header is not null)
    execute function loosen_images('home-headers', 'home_header');

-- What a new post of a forum begins with.
alter table channels add column template text;
update channels set template = '' where type in (15, 16);

-- Whether who asked has seen that they were let in, and since when somebody may not ask again.
alter table join_requests add column last_seen timestamptz;
alter table join_requests add column rejected_at timestamptz;
update join_requests set last_seen = reviewed_at where status = 'APPROVED';
update join_requests set rejected_at = reviewed_at where status = 'REJECTED';
