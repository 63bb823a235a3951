-- Channels that were deleted, and whose messages have still to follow them in portions.
create table forsaken_channels (
    id bigint primary key,
    forsaken_at timestamptz not null
);
