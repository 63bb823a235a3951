-- An event's place in the outbox is the order of commits wherever that can be told: who waited for
-- another transaction's rows takes a number after it. A number is only ever taken by a transaction
-- that has an id, so that a reader knows whom to wait for before it moves past that number.
create sequence outbox_places;
select setval('outbox_places', 1, true);

create function next_outbox_place() returns bigint
language plpgsql as $$
begin
    perform pg_current_xact_id();
    return nextval('outbox_places');
end
$$;

drop table outbox;
create table outbox (
    id bigint primary key default next_outbox_place(),
    event text not null,
    payload jsonb not null,
    created_at timestamptz not null default now()
);

drop table outlet_cursors;
create table outlet_cursors (
    outlet text primary key,
    id bigint not null
);
