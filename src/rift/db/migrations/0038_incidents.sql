-- What a guild shuts for a while, and when too many came or wrote at once.
alter table guilds
add column invites_disabled_until timestamptz,
add column dms_disabled_until timestamptz,
add column raid_detected_at timestamptz,
add column dm_spam_detected_at timestamptz;
