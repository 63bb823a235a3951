-- Linked roles at whose members somebody has to look again; nobody in particular is everybody.
create table role_link_reviews (
    role_id bigint not null references role_links on delete cascade,
    user_id bigint not null,
    reached bigint not null default 0,
    due_at timestamptz not null,
    primary key (role_id, user_id)
);
create index role_link_reviews_by_time on role_link_reviews (due_at);
create index role_links_by_rules on role_links using gin (rules jsonb_path_ops);

-- Nobody has looked since these were said.
insert into role_link_reviews (role_id, user_id, due_at)
select role_id, 0, now()
from role_links;
