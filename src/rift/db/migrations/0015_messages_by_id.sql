-- The simple door names messages by their id alone. A hash, because it finds one and sorts none: an
-- ordered index would tempt the planner to walk through everybody's messages for a page of one channel.
create index messages_by_id on messages using hash (id);
