-- The private half of verify_key, with which we sign interactions sent over HTTP.
alter table applications add column signing_key bytea;
alter table applications add column integration_types_config jsonb;
