-- A code of a guild's own choosing; whoever has it is let in as by an invite that never ends.
alter table guilds add column vanity_url_code text;
alter table guilds add column vanity_uses int not null default 0;
create unique index guilds_by_vanity on guilds (vanity_url_code) where vanity_url_code is not null;
