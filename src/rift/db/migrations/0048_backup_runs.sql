-- What is to be done about backups, one after the other, and how it went. A backup has none of its
-- rows: whoever is restored has nothing under way.
create table backup_runs (
    id bigint primary key,
    kind int2 not null,
    -- 0 makes one, 1 reads one through.
    name text,
    begun_at timestamptz,
    ended_at timestamptz,
    step text,
    done bigint not null default 0,
    total bigint not null default 0,
    problem text
);
create unique index backup_runs_open on backup_runs ((true)) where ended_at is null;
