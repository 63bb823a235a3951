// Oceanic, pointed at a Rift.
// It says and hears the same lines as talk.py.

import {
  ActivityTypes,
  AutoModerationActionTypes,
  AutoModerationEventTypes,
  AutoModerationTriggerTypes,
  ChannelTypes,
  GuildScheduledEventEntityTypes,
  GuildScheduledEventPrivacyLevels,
  GuildScheduledEventStatuses,
  MessageFlags,
  OverwriteTypes,
  StageInstancePrivacyLevels,
} from "oceanic.js";
import { pointed, serve } from "./oceanic.mjs";
import { asked, fetched, hear, history, named, names, tell, url } from "./rift.mjs";

const client = pointed(["ALL"]);
const { channels, guilds, webhooks } = client.rest;

const guild = (id) => client.guilds.get(id);
const roles = (member) => [...member.roles].sort();
const ids = (things) => things.map(({ id }) => id);
// It puts addresses of pictures together for Discord's own server only.
const picture = (address) => fetched(address.replace("https://cdn.discordapp.com", `${url}/cdn`));

const describe = {
  message: (message) => ({
    id: message.id,
    channel_id: message.channelID,
    author_id: message.author.id,
    content: message.content,
    reply_to: message.messageSnapshots?.length
      ? null
      : (message.messageReference?.messageID ?? null),
    silent: Boolean(message.flags & MessageFlags.SUPPRESS_NOTIFICATIONS),
    forwards: message.messageSnapshots?.[0]?.message.content ?? null,
  }),
  // Names are what everything has.
  entry: (entry) => {
    const name = entry.changes?.find((change) => change.key === "name");
    return {
      action: entry.actionType,
      user_id: entry.userID,
      target_id: entry.targetID,
      reason: entry.reason ?? null,
      names: [name?.old_value ?? null, name?.new_value ?? null],
    };
  },
  member: (member) => ({
    user_id: member.id,
    nick: member.nick,
    roles: roles(member),
    timed_out: member.communicationDisabledUntil > new Date(),
  }),
  reaction: (message, user, { emoji }) => ({
    message_id: message.id,
    user_id: user.id,
    emoji: emoji.name,
  }),
  role: (role) => ({ id: role.id, name: role.name, permissions: String(role.permissions.allow) }),
  channel: (channel) => ({
    id: channel.id,
    name: channel.name,
    topic: channel.topic ?? null,
    parent_id: channel.parentID,
    overwrites: Object.fromEntries(
      channel.permissionOverwrites.map((it) => [it.id, [String(it.allow), String(it.deny)]]),
    ),
  }),
  voice: ({ id, voiceState }) => ({
    user_id: id,
    channel_id: voiceState.channelID,
    muted: voiceState.selfMute,
  }),
};

const byId = (things, value) => Object.fromEntries(things.map((one) => [one.id, value(one)]));

/** A guild as it holds it, in full; roles that are gone it goes on showing elsewhere. */
function whole(guild) {
  const exists = (id) => guild.roles.has(id) || guild.members.has(id);
  const channel = (one) => {
    const { permissionOverwrites, messages, lastMessageID, channels, ...told } = one.toJSON();
    const lasting = permissionOverwrites.filter(({ id, type }) => type || exists(id));
    return { ...told, permissionOverwrites: Object.fromEntries(lasting.map((it) => [it.id, it])) };
  };
  const member = (one) => {
    const { presence, ...told } = one.toJSON();
    return { ...told, roles: told.roles.filter(exists).sort() };
  };
  return {
    ...guild.toJSON(),
    channels: byId(guild.channels, channel),
    roles: byId(guild.roles, (role) => role.toJSON()),
    members: byId(guild.members, member),
  };
}

const known = (kind) => (_, things) => [kind, { names: things.map(({ name }) => name).sort() }];

// It also says that it is ready when it has resumed.
let anew = false;
client.on("shardPreReady", () => (anew = true));
client.on("shardReady", () => {
  if (anew) tell("ready", { user_id: client.user.id });
  anew = false;
});

hear(client, {
  shardResume: () => ["resumed", {}],
  shardDisconnect: () => ["disconnected", {}],
  messageCreate: (message) => ["message", describe.message(message)],
  messageUpdate: ({ id, content }) => ["message_edit", { id, content }],
  messageDelete: ({ id }) => ["message_delete", { id }],
  messageDeleteBulk: (messages) => ["bulk_delete", { ids: ids(messages).sort() }],
  messageReactionAdd: (...given) => ["reaction_add", describe.reaction(...given)],
  messageReactionRemove: (...given) => ["reaction_remove", describe.reaction(...given)],
  typingStart: (channel, user) => ["typing", { channel_id: channel.id, user_id: user.id }],
  channelPinsUpdate: (channel) => ["pins", { channel_id: channel.id }],
  guildCreate: ({ id }) => ["guild_join", { id }],
  guildDelete: ({ id }) => ["guild_leave", { id }],
  guildMemberAdd: ({ id }) => ["member_join", { user_id: id }],
  guildMemberRemove: ({ id }) => ["member_leave", { user_id: id }],
  guildMemberUpdate: (member) => ["member_update", describe.member(member)],
  guildBanAdd: (_, { id }) => ["ban", { user_id: id }],
  guildBanRemove: (_, { id }) => ["unban", { user_id: id }],
  presenceUpdate: (_, { id }, { status }) => ["presence", { user_id: id, status }],
  guildRoleCreate: (role) => ["role_create", describe.role(role)],
  guildRoleUpdate: (role) => ["role_update", describe.role(role)],
  guildRoleDelete: ({ id }) => ["role_delete", { id }],
  channelCreate: (channel) => ["channel_create", describe.channel(channel)],
  channelUpdate: (channel) => ["channel_update", describe.channel(channel)],
  channelDelete: ({ id }) => ["channel_delete", { id }],
  threadCreate: (thread) => ["thread_create", named(thread)],
  threadUpdate: (thread) => [
    "thread_update",
    { archived: thread.threadMetadata.archived, ...named(thread) },
  ],
  threadDelete: ({ id }) => ["thread_delete", { id }],
  guildAuditLogEntryCreate: (_, entry) => ["audit_log_entry", describe.entry(entry)],
  autoModerationRuleCreate: (rule) => ["rule_create", named(rule)],
  autoModerationActionExecution: (_, channel, user, done) => [
    "automod",
    {
      rule_id: done.ruleID,
      user_id: user.id,
      content: done.content,
      keyword: done.matchedKeyword,
    },
  ],
  guildIntegrationsUpdate: ({ id }) => ["integrations", { guild_id: id }],
  inviteCreate: ({ code }) => ["invite_create", { code }],
  inviteDelete: ({ code }) => ["invite_delete", { code }],
  guildEmojisUpdate: known("emojis"),
  guildStickersUpdate: known("stickers"),
  guildScheduledEventCreate: (event) => ["plan_create", named(event)],
  guildScheduledEventUpdate: (event) => ["plan_update", { status: event.status, ...named(event) }],
  guildScheduledEventDelete: (event) => ["plan_delete", named(event)],
  guildScheduledEventUserAdd: ({ id }, user) => ["plan_user", { id, user_id: user.id }],
  voiceStateUpdate: (member) => ["voice", describe.voice(member)],
  voiceChannelEffectSend: (_, { id }, { soundID }) => [
    "effect",
    { user_id: id, sound_id: soundID ?? null },
  ],
  voiceServerUpdate: (_, endpoint) => ["voice_server", { endpoint }],
  stageInstanceCreate: ({ id, topic }) => ["stage", { id, topic }],
});

const verbs = {
  // Pictures
  portray: async ({ guild_id, avatar }) => {
    const plain = await picture(client.user.defaultAvatarURL());
    const changed = await client.user.edit({ avatar: Buffer.from(avatar, "base64") });
    const held = await guilds.get(guild_id);
    return {
      default: plain,
      avatar: await picture(changed.avatarURL("png", 64)),
      icon: await picture(held.iconURL("webp", 32)),
      whole: await picture(held.iconURL("png")),
    };
  },

  // Messages
  send: async ({ channel_id, content }) =>
    describe.message(await channels.createMessage(channel_id, { content })),
  reply: async ({ channel_id, message_id, content }) =>
    describe.message(await (await channels.getMessage(channel_id, message_id)).reply({ content })),
  whisper: async ({ user_id, content }) => {
    const { id } = await channels.createDM(user_id);
    return describe.message(await channels.createMessage(id, { content }));
  },
  send_silently: async ({ channel_id, content }) => {
    const flags = MessageFlags.SUPPRESS_NOTIFICATIONS;
    return describe.message(await channels.createMessage(channel_id, { content, flags }));
  },
  send_file: async ({ channel_id, filename, content, description }) => {
    const sent = await channels.createMessage(channel_id, {
      content: "with a file",
      files: [{ contents: Buffer.from(content), name: filename, index: 0 }],
      attachments: [{ id: 0, description }],
    });
    const [attachment] = sent.attachments.toArray();
    const answer = await fetch(attachment.url);
    return {
      id: attachment.id,
      filename: attachment.filename,
      description: attachment.description,
      size: attachment.size,
      read: await answer.text(),
    };
  },
  forward: async ({ channel_id, message_id, to_id }) => {
    const message = await channels.getMessage(channel_id, message_id);
    return describe.message(await message.forward(to_id));
  },
  edit: async ({ channel_id, message_id, content }) => {
    await channels.editMessage(channel_id, message_id, { content });
  },
  delete: ({ channel_id, message_id }) => channels.deleteMessage(channel_id, message_id),
  bulk_delete: ({ channel_id, message_ids }) => channels.deleteMessages(channel_id, message_ids),
  // Its own iterator reads the same page again where it should go forwards.
  history: ({ channel_id, ...bounds }) =>
    history((within) => channels.getMessages(channel_id, within), bounds),
  react: ({ channel_id, message_id, emoji }) =>
    channels.createReaction(channel_id, message_id, emoji),
  unreact: ({ channel_id, message_id, emoji }) =>
    channels.deleteReaction(channel_id, message_id, emoji),
  reactors: async ({ channel_id, message_id, emoji }) =>
    ids(await channels.getReactions(channel_id, message_id, emoji)),
  pin: ({ channel_id, message_id }) => channels.pinMessage(channel_id, message_id),
  unpin: ({ channel_id, message_id }) => channels.unpinMessage(channel_id, message_id),
  pins: async ({ channel_id }) =>
    (await channels.getPins(channel_id)).map(({ message }) => message.id),
  type: ({ channel_id }) => channels.sendTyping(channel_id),
  follow: async ({ channel_id, target_id }) => {
    await channels.followAnnouncement(channel_id, target_id);
  },
  publish: async ({ channel_id, message_id }) => {
    await channels.crosspostMessage(channel_id, message_id);
  },
  webhooks: async ({ channel_id }) => {
    const found = await webhooks.getForChannel(channel_id);
    return Object.fromEntries(found.map((it) => [it.name, it.sourceChannel.id]));
  },
  ask: async ({ channel_id, question, answers }) => {
    const poll = {
      question: { text: question },
      answers: answers.map((text) => ({ pollMedia: { text } })),
      duration: 1,
      allowMultiselect: false,
    };
    return (await channels.createMessage(channel_id, { poll })).id;
  },
  close: async ({ channel_id, message_id }) => {
    await channels.expirePoll(channel_id, message_id);
    const { poll } = await channels.getMessage(channel_id, message_id);
    const votes = new Map(poll.results.answerCounts.map(({ id, count }) => [id, count]));
    return poll.answers.map(({ answerID }) => votes.get(answerID) ?? 0);
  },
  herald: async ({ channel_id, content, name }) => {
    const webhook = await webhooks.create(channel_id, { name: "Herald" });
    const said = await webhook.execute({ content, username: name, wait: true });
    const changed = await webhook.editMessage(said.id, { content: content.toUpperCase() });
    const found = await webhook.getMessage(said.id);
    await webhook.deleteMessage(said.id);
    await webhook.delete();
    return [said.author.username, changed.content, found.content];
  },

  // Members
  nick: async ({ guild_id, user_id, nick }) => {
    await guilds.editMember(guild_id, user_id, { nick });
  },
  give: ({ guild_id, user_id, role_id }) => guilds.addMemberRole(guild_id, user_id, role_id),
  take: ({ guild_id, user_id, role_id }) => guilds.removeMemberRole(guild_id, user_id, role_id),
  timeout: async ({ guild_id, user_id, seconds }) => {
    const until = seconds === null ? null : new Date(Date.now() + seconds * 1000).toISOString();
    await guilds.editMember(guild_id, user_id, { communicationDisabledUntil: until });
  },
  kick: ({ guild_id, user_id, reason }) => guilds.removeMember(guild_id, user_id, reason),
  ban: ({ guild_id, user_id, reason }) => guilds.createBan(guild_id, user_id, { reason }),
  ban_many: async ({ guild_id, user_ids, reason }) => {
    const done = await guilds.bulkBan(guild_id, { userIDs: user_ids, reason });
    return [done.bannedUsers.sort(), done.failedUsers.sort()];
  },
  unban: ({ guild_id, user_id }) => guilds.removeBan(guild_id, user_id),
  bans: async ({ guild_id }) => {
    const found = await guilds.getBans(guild_id);
    return Object.fromEntries(found.map(({ user, reason }) => [user.id, reason]));
  },
  members: async ({ guild_id }) => ids(await guilds.getMembers(guild_id, { limit: 1000 })),
  chunk: async ({ guild_id, query }) =>
    ids(await guild(guild_id).requestMembers({ query, limit: 100 })),
  search: async ({ guild_id, query }) =>
    ids(await guilds.searchMembers(guild_id, { query, limit: 100 })),
  audit_log: async ({ guild_id }) =>
    (await guilds.getAuditLog(guild_id, { limit: 100 })).entries.map(describe.entry),
  vanity: async ({ guild_id }) => {
    const { code, uses } = await guilds.getVanityURL(guild_id);
    return [code, uses];
  },
  presence: ({ status, playing }) =>
    client.editStatus(status, [{ name: playing, type: ActivityTypes.GAME }]),

  // Roles and channels
  create_role: async ({ guild_id, name, permissions }) =>
    describe.role(await guilds.createRole(guild_id, { name, permissions })),
  edit_role: async ({ guild_id, role_id, name }) => {
    await guilds.editRole(guild_id, role_id, { name });
  },
  delete_role: ({ guild_id, role_id }) => guilds.deleteRole(guild_id, role_id),
  create_category: async ({ guild_id, name }) =>
    describe.channel(await guilds.createChannel(guild_id, ChannelTypes.GUILD_CATEGORY, { name })),
  create_channel: async ({ guild_id, name, topic, parent_id }) => {
    const options = { name, topic, parentID: parent_id };
    const made = await guilds.createChannel(guild_id, ChannelTypes.GUILD_TEXT, options);
    return describe.channel(made);
  },
  edit_channel: async ({ channel_id, name, topic }) => {
    await channels.edit(channel_id, { name, topic });
  },
  delete_channel: ({ channel_id }) => channels.delete(channel_id),
  overwrite: ({ channel_id, role_id, allow, deny }) =>
    channels.editPermission(channel_id, role_id, { allow, deny, type: OverwriteTypes.ROLE }),
  invite: async ({ channel_id }) =>
    (await channels.createInvite(channel_id, { maxAge: 3600, maxUses: 5 })).code,
  invites: async ({ guild_id }) => (await guilds.getInvites(guild_id)).map(({ code }) => code),

  // Coming in
  onboarding: async ({ guild_id }) => asked(await guilds.getOnboarding(guild_id)),
  // Its editWidget reads the answer as that of widget.json.
  show_widget: async ({ guild_id, channel_id }) => {
    const json = { enabled: true, channel_id };
    await client.rest.authRequest({ method: "PATCH", path: `/guilds/${guild_id}/widget`, json });
    return (await guilds.getWidgetJSON(guild_id)).name === guild(guild_id).name;
  },
  integrations: async ({ guild_id }) =>
    (await guilds.getIntegrations(guild_id)).map((it) => it.application.id).sort(),

  // Automatic moderation
  forbid: async ({ guild_id, word }) => {
    const { id, name, enabled } = await guilds.createAutoModerationRule(guild_id, {
      name: "words",
      eventType: AutoModerationEventTypes.MESSAGE_SEND,
      triggerType: AutoModerationTriggerTypes.KEYWORD,
      triggerMetadata: { keywordFilter: [word] },
      actions: [{ type: AutoModerationActionTypes.BLOCK_MESSAGE, metadata: {} }],
      enabled: true,
    });
    return { id, name, enabled };
  },

  // Threads
  start_thread: async ({ channel_id, message_id, name }) =>
    named(await channels.startThreadFromMessage(channel_id, message_id, { name })),
  herald_post: async ({ channel_id, name, content }) => {
    const webhook = await webhooks.create(channel_id, { name: "Herald" });
    const said = await webhook.execute({ content, threadName: name, wait: true });
    await webhook.delete();
    return [said.id, said.content];
  },
  post: async ({ channel_id, name, content }) =>
    named(await channels.startThreadInThreadOnlyChannel(channel_id, { name, message: { content } })),
  speak_in_thread: async ({ thread_id, content }) =>
    (await channels.createMessage(thread_id, { content })).id,
  thread_members: async ({ thread_id }) =>
    (await channels.getThreadMembers(thread_id)).map(({ userID }) => userID).sort(),
  archive_thread: async ({ thread_id }) => {
    await channels.edit(thread_id, { archived: true });
  },
  threads: async ({ guild_id }) => {
    const held = guild(guild_id).threads.filter((it) => !it.threadMetadata.archived);
    return names(held.map((it) => [it.id, it]));
  },

  // Emojis, stickers and sounds
  create_emoji: async ({ guild_id, name, image }) =>
    named(await guilds.createEmoji(guild_id, { name, image: Buffer.from(image, "base64") })),
  rename_emoji: async ({ guild_id, emoji_id, name }) => {
    await guilds.editEmoji(guild_id, emoji_id, { name });
  },
  delete_emoji: ({ guild_id, emoji_id }) => guilds.deleteEmoji(guild_id, emoji_id),
  emojis: async ({ guild_id }) => names(guild(guild_id).emojis),
  create_sticker: async ({ guild_id, name, image }) => {
    const file = { contents: Buffer.from(image, "base64"), name: "sticker.png" };
    const options = { file, name, tags: "wave", description: "" };
    return named(await guilds.createSticker(guild_id, options));
  },
  delete_sticker: ({ guild_id, sticker_id }) => guilds.deleteSticker(guild_id, sticker_id),
  stickers: async ({ guild_id }) => names(guild(guild_id).stickers),
  send_sticker: async ({ channel_id, sticker_id }) => {
    const sent = await channels.createMessage(channel_id, { stickerIDs: [sticker_id] });
    return sent.stickerItems.map(({ name }) => name);
  },
  create_sound: async ({ guild_id, name, sound }) => {
    const options = { name, sound: Buffer.from(sound, "base64") };
    const made = await guilds.createSoundboardSound(guild_id, options);
    return { id: made.soundID, name: made.name };
  },
  delete_sound: ({ guild_id, sound_id }) => guilds.deleteSoundboardSound(guild_id, sound_id),
  sounds: async ({ guild_id }) => names(guild(guild_id).soundboardSounds),

  // What goes on
  plan: async ({ guild_id, name, starts, ends, place }) => {
    const made = await guilds.createScheduledEvent(guild_id, {
      name,
      scheduledStartTime: starts,
      scheduledEndTime: ends,
      entityType: GuildScheduledEventEntityTypes.EXTERNAL,
      entityMetadata: { location: place },
      privacyLevel: GuildScheduledEventPrivacyLevels.GUILD_ONLY,
    });
    return named(made);
  },
  begin: async ({ guild_id, event_id }) => {
    const status = GuildScheduledEventStatuses.ACTIVE;
    await guilds.editScheduledEvent(guild_id, event_id, { status });
  },
  plans: async ({ guild_id }) => names(guild(guild_id).scheduledEvents),
  who_comes: async ({ guild_id, event_id }) =>
    (await guilds.getScheduledEventUsers(guild_id, event_id)).map(({ user }) => user.id),
  speak: async ({ guild_id, channel_id }) => {
    guild(guild_id).shard.updateVoiceState(guild_id, channel_id, { selfMute: true });
  },
  bring: async ({ guild_id, user_id, channel_id }) => {
    await guilds.editMember(guild_id, user_id, { channelID: channel_id });
  },
  voices: async ({ guild_id }) => {
    const inside = guild(guild_id).voiceStates.filter(({ channelID }) => channelID);
    return Object.fromEntries(inside.map(({ userID, channelID }) => [userID, channelID]));
  },
  open_stage: async ({ channel_id, topic }) => {
    const privacyLevel = StageInstancePrivacyLevels.GUILD_ONLY;
    return (await channels.createStageInstance(channel_id, { topic, privacyLevel })).id;
  },

  // What the library holds
  world: async ({ guild_id }) => {
    const held = guild(guild_id);
    const map = (cache, value) => Object.fromEntries(cache.map((one) => [one.id, value(one)]));
    return {
      name: held.name,
      roles: map(held.roles, (r) => [r.name, String(r.permissions.allow)]),
      channels: map(held.channels, (c) => [c.name, c.parentID, c.topic ?? null]),
      members: map(held.members, (m) => [m.nick, roles(m)]),
    };
  },
  cache: async () => byId(client.guilds, whole),
};

await serve(client, verbs);
