-- What messages are found by. The messages of a guild, or of a private channel, lie in segments one
-- after the other, and every lexeme begins with the number of its segment: so a common word is read
-- in the newest segment and not in all of them, and nobody's words lie among somebody else's.
create table search_segments (
    number int generated always as identity primary key,
    scope bigint not null,
    first_id bigint not null,
    last_id bigint not null,
    count int not null default 0
);
create unique index search_segments_by_scope on search_segments (scope, first_id);

create table search_documents (
    id bigint primary key,
    channel_id bigint not null,
    author_id bigint not null,
    segment int not null,
    terms tsvector not null
);
-- Without a list of what waits to be sorted in: every search would read the whole of it.
create index search_documents_by_terms on search_documents using gin (terms)
    with (fastupdate = off);

-- The words of a guild or private channel, by what they become when letters are left out: for who
-- mistypes one. A word is forgotten with the last message that holds it.
create table search_words (
    scope bigint not null,
    word text collate "C" not null,
    keys bigint[] not null,
    primary key (scope, word)
);
create index search_words_by_keys on search_words using gin (keys) with (fastupdate = off);

-- Messages to be looked at again, and what was in the index of those that are gone.
create table search_queue (
    channel_id bigint not null,
    message_id bigint not null,
    fresh boolean not null
);
create table search_faded (
    segment int not null,
    terms tsvector not null
);

-- Messages from before there was an index, from the newest to the oldest; no row when all are done.
create table search_backfill (
    reached bigint not null,
    oldest bigint not null,
    indexed int not null default 0
);
insert into search_backfill (reached, oldest)
select max(id), min(id)
from messages
having count(*) > 0;

create function note_messages() returns trigger language plpgsql as $$
begin
    insert into search_queue (channel_id, message_id, fresh)
    select channel_id, id, true
    from posted;
    return null;
end
$$;
create trigger note_messages after insert on messages
    referencing new table as posted
    for each statement execute function note_messages();

-- What was changed is not found by what it said before from the same moment on.
create function note_changed_message() returns trigger language plpgsql as $$
begin
    with gone as (
        delete from search_documents
        where id = new.id
        returning segment, terms
    ), faded as (
        insert into search_faded (segment, terms)
        select segment, terms
        from gone
    )
    insert into search_queue (channel_id, message_id, fresh)
    values (new.channel_id, new.id, false);
    return null;
end
$$;
create trigger note_changed_message after update on messages
    for each row when (
        old.content is distinct from new.content
        or old.embeds is distinct from new.embeds
        or old.attachments is distinct from new.attachments
        or old.mentions is distinct from new.mentions
        or old.mention_roles is distinct from new.mention_roles
        or old.mention_everyone is distinct from new.mention_everyone
        or old.reference is distinct from new.reference
        or (old.pinned_at is null) <> (new.pinned_at is null)
    )
    execute function note_changed_message();

-- Noted in the queue as well: somebody may be indexing one of them at this moment.
create function note_deleted_messages() returns trigger language plpgsql as $$
begin
    with gone as (
        delete from search_documents
        where id in (select id from deleted)
        returning segment, terms
    ), faded as (
        insert into search_faded (segment, terms)
        select segment, terms
        from gone
    )
    insert into search_queue (channel_id, message_id, fresh)
    select channel_id, id, false
    from deleted;
    return null;
end
$$;
create trigger note_deleted_messages after delete on messages
    referencing old table as deleted
    for each statement execute function note_deleted_messages();

-- Searches somebody keeps; with `notify` they are told of what is found from now on.
create table saved_searches (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    guild_id bigint references guilds on delete cascade,
    channel_id bigint references channels on delete cascade,
    name text not null,
    query jsonb not null,
    notify boolean not null default false
);
create index saved_searches_by_user on saved_searches (user_id, id);
create index saved_searches_by_guild on saved_searches (guild_id);
create index saved_searches_by_channel on saved_searches (channel_id);
create sequence saved_search_versions;
create function note_saved_searches() returns trigger language plpgsql as $$
begin
    perform nextval('saved_search_versions');
    return null;
end
$$;
create trigger note_saved_searches after insert or update or delete on saved_searches
    for each statement execute function note_saved_searches();
