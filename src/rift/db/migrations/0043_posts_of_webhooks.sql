-- The webhook that posted in a forum: it is no user, so the channel has no owner.
alter table threads add column webhook_id bigint;
