-- The simple door names messages by their id alone.
create index messages_by_id on messages (id);
