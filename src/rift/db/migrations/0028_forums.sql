-- Channels in which there is nothing but threads.
alter table channels add column available_tags jsonb;
alter table channels add column default_reaction_emoji jsonb;
alter table channels add column default_sort_order int;
alter table channels add column default_forum_layout int;
alter table channels add column default_tag_setting text;
