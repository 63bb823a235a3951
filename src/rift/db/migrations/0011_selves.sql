-- What people say of themselves, keep for themselves, and are honoured with.
alter table users add column pronouns text not null default '';
alter table users add column theme_colors int[];
alter table members add column bio text not null default '';
alter table members add column pronouns text not null default '';

create table notes (
    user_id bigint not null references users on delete cascade,
    about_id bigint not null references users on delete cascade,
    note text not null check (note <> ''),
    primary key (user_id, about_id)
);
create index notes_by_about on notes (about_id);

-- Only what somebody set; the rest has the server's defaults.
create table settings (
    user_id bigint primary key references users on delete cascade,
    document jsonb not null
);

-- What user clients keep in a form of their own: a message of protocol buffers, never read here.
create table settings_protos (
    user_id bigint not null references users on delete cascade,
    type int not null check (type between 1 and 3),
    version int not null,
    proto bytea not null,
    primary key (user_id, type)
);

-- What the instance's owner awards; other badges follow from what somebody is.
create table badges (
    user_id bigint not null references users on delete cascade,
    badge text not null check (badge in ('bug_hunter', 'contributor', 'partner')),
    awarded_at timestamptz not null default now(),
    primary key (user_id, badge)
);
