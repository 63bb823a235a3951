alter table channels add column icon text;
alter table applications add column cover_image text;

-- Images in the store that perhaps nobody shows: each is noted before it is written, and again when
-- a row stops showing it. A chore looks whether it is shown, and removes it if it is not.
create table loose_images (
    key text primary key,
    since timestamptz not null
);
create index loose_images_by_age on loose_images (since);

-- The arguments are pairs: a folder of the store, and the column that names an image in it.
create function loosen_images() returns trigger language plpgsql as $$
declare
    before jsonb := to_jsonb(old);
    after jsonb := case when tg_op = 'UPDATE' then to_jsonb(new) end;
    owner text := coalesce(before ->> 'id', (before ->> 'guild_id') || '/' || (before ->> 'user_id'));
    image text;
begin
    for pair in 0 .. tg_nargs / 2 - 1 loop
        image := before ->> tg_argv[2 * pair + 1];
        if image is distinct from after ->> tg_argv[2 * pair + 1] and image is not null then
            insert into loose_images (key, since)
            values (concat_ws('/', 'images', tg_argv[2 * pair], owner, image), clock_timestamp())
            on conflict (key) do update set since = excluded.since;
        end if;
    end loop;
    return null;
end
$$;

create trigger loosen_changed after update of avatar, banner on users
    for each row
    when ((old.avatar, old.banner) is distinct from (new.avatar, new.banner))
    execute function loosen_images('avatars', 'avatar', 'banners', 'banner');
create trigger loosen_deleted after delete on users
    for each row
    when (num_nonnulls(old.avatar, old.banner) > 0)
    execute function loosen_images('avatars', 'avatar', 'banners', 'banner');

create trigger loosen_changed after update of icon, banner, splash, discovery_splash on guilds
    for each row
    when (
        (old.icon, old.banner, old.splash, old.discovery_splash)
        is distinct from (new.icon, new.banner, new.splash, new.discovery_splash)
    )
    execute function loosen_images(
        'icons', 'icon', 'banners', 'banner', 'splashes', 'splash',
        'discovery-splashes', 'discovery_splash'
    );
create trigger loosen_deleted after delete on guilds
    for each row
    when (num_nonnulls(old.icon, old.banner, old.splash, old.discovery_splash) > 0)
    execute function loosen_images(
        'icons', 'icon', 'banners', 'banner', 'splashes', 'splash',
        'discovery-splashes', 'discovery_splash'
    );

create trigger loosen_changed after update of avatar, banner on members
    for each row
    when ((old.avatar, old.banner) is distinct from (new.avatar, new.banner))
    execute function loosen_images('members', 'avatar', 'members', 'banner');
create trigger loosen_deleted after delete on members
    for each row
    when (num_nonnulls(old.avatar, old.banner) > 0)
    execute function loosen_images('members', 'avatar', 'members', 'banner');

create trigger loosen_changed after update of icon on roles
    for each row
    when (old.icon is distinct from new.icon)
    execute function loosen_images('role-icons', 'icon');
create trigger loosen_deleted after delete on roles
    for each row
    when (old.icon is not null)
    execute function loosen_images('role-icons', 'icon');

create trigger loosen_changed after update of icon on channels
    for each row
    when (old.icon is distinct from new.icon)
    execute function loosen_images('groups', 'icon');
create trigger loosen_deleted after delete on channels
    for each row
    when (old.icon is not null)
    execute function loosen_images('groups', 'icon');

create trigger loosen_changed after update of icon, cover_image on applications
    for each row
    when ((old.icon, old.cover_image) is distinct from (new.icon, new.cover_image))
    execute function loosen_images('application-icons', 'icon', 'application-icons', 'cover_image');
create trigger loosen_deleted after delete on applications
    for each row
    when (num_nonnulls(old.icon, old.cover_image) > 0)
    execute function loosen_images('application-icons', 'icon', 'application-icons', 'cover_image');

-- What a webhook brought goes on showing the face it had then, until the guild goes with it all.
create function loosen_images_of_webhooks() returns trigger language plpgsql as $$
begin
    insert into loose_images (key, since)
    select concat_ws('/', 'images', 'avatars', id, avatar), clock_timestamp()
    from webhooks
    where guild_id = old.id and avatar is not null
    on conflict (key) do nothing;
    return old;
end
$$;
create trigger loosen_webhooks before delete on guilds
    for each row execute function loosen_images_of_webhooks();
