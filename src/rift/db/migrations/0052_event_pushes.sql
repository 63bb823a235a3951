-- Pushes also tell of scheduled events that begin: of a message its channel is kept, of an event
-- its guild.
alter table push_orders rename column message_id to subject_id;
alter table push_orders alter column channel_id drop not null;
alter table push_orders
    add column guild_id bigint,
    add constraint push_orders_of_one_kind check (num_nonnulls(channel_id, guild_id) = 1);
