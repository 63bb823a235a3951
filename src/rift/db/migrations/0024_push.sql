-- Where somebody's devices are reached while no client of theirs is open. Each belongs to a session
-- and ends with it; a browser has one endpoint, whoever is logged in there.
create table push_subscriptions (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    session_id bigint not null unique references sessions on delete cascade,
    endpoint text not null unique,
    p256dh text not null,
    auth text not null,
    name text not null default '',
    shows_content boolean not null default true,
    receipt text not null,
    pushed_at timestamptz,
    received_at timestamptz,
    failure text
);
create index push_subscriptions_by_user on push_subscriptions (user_id);

-- Pushes that wait: at first for whoever reads the message meanwhile, later for another attempt.
create table push_orders (
    subscription_id bigint not null references push_subscriptions on delete cascade,
    message_id bigint not null,
    channel_id bigint not null,
    calls boolean not null,
    attempts int not null default 0,
    due_at timestamptz not null,
    primary key (subscription_id, message_id)
);
create index push_orders_by_due on push_orders (due_at);

-- Who looks at a client just now, as the processes with their sessions say every few seconds.
create unlogged table attention (
    user_id bigint not null references users on delete cascade,
    process int not null,
    noted_at timestamptz not null,
    primary key (user_id, process)
);
