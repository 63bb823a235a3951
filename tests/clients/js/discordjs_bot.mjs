// discord.js, pointed at a Rift.
// It says and hears the same lines as talk.py.

import {
  AutoModerationActionType,
  AutoModerationRuleEventType,
  AutoModerationRuleTriggerType,
  ChannelType,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  MessageFlags,
  OverwriteType,
  Partials,
  PermissionsBitField,
} from "discord.js";
import { complain, pointed, serve } from "./discordjs.mjs";
import { asked, fetched, hear, history, named, names, tell } from "./rift.mjs";

const everyIntent = Object.values(GatewayIntentBits).filter((bit) => typeof bit === "number");
const client = pointed({
  intents: everyIntent,
  // It is not told of private channels before somebody writes in them.
  partials: [Partials.Channel],
});

client.on(Events.ShardError, complain("SHARD"));
// Its event `rateLimited` also tells of its own global limit, which a test outruns.
client.rest.on("restDebug", (text) => {
  if (text.includes("429 rate limit")) complain("WARNING")(text);
});
client.rest.on("invalidRequestWarning", (info) => complain("WARNING")(JSON.stringify(info)));

// discord.js passes over packets it has no handler for: its own list says which those are.
const known = new Set(Object.values(GatewayDispatchEvents));
client.on(Events.Raw, (packet) => {
  if (packet.t && !known.has(packet.t)) complain("UNKNOWN")(packet.t);
});

const describe = {
  message: (message) => ({
    id: message.id,
    channel_id: message.channelId,
    author_id: message.author.id,
    content: message.content,
    reply_to: message.messageSnapshots?.size ? null : (message.reference?.messageId ?? null),
    silent: message.flags.has(MessageFlags.SuppressNotifications),
    forwards: message.messageSnapshots?.first()?.content ?? null,
  }),
  // Names are what everything has.
  entry: (entry) => {
    const name = entry.changes.find((change) => change.key === "name");
    return {
      action: entry.action,
      user_id: entry.executorId,
      target_id: entry.targetId,
      reason: entry.reason,
      names: [name?.old ?? null, name?.new ?? null],
    };
  },
  member: (member) => ({
    user_id: member.id,
    nick: member.nickname,
    roles: roles(member),
    timed_out: member.isCommunicationDisabled(),
  }),
  reaction: (reaction, user) => ({
    message_id: reaction.message.id,
    user_id: user.id,
    emoji: reaction.emoji.name,
  }),
  role: (role) => ({
    id: role.id,
    name: role.name,
    permissions: String(role.permissions.bitfield),
  }),
  channel: (channel) => ({
    id: channel.id,
    name: channel.name,
    topic: channel.topic ?? null,
    parent_id: channel.parentId,
    overwrites: Object.fromEntries(
      channel.permissionOverwrites.cache.map((overwrite) => [
        overwrite.id,
        [String(overwrite.allow.bitfield), String(overwrite.deny.bitfield)],
      ]),
    ),
  }),
};

/** Without the role everybody has. */
function roles(member) {
  return [...member.roles.cache.keys()].filter((id) => id !== member.guild.id).sort();
}

const byId = (cache, value) => Object.fromEntries(cache.map((one) => [one.id, value(one)]));

/** A guild as it holds it, in full; roles that are gone it goes on showing elsewhere. */
function whole(guild) {
  const exists = (id) => guild.roles.cache.has(id);
  const channel = (one) => {
    const { messages, threads, lastMessageId, ...told } = one.toJSON();
    const lasting = one.permissionOverwrites.cache.filter(({ id, type }) => type || exists(id));
    const ownPermissions = String(one.permissionsFor(guild.members.me).bitfield);
    return { ...told, ownPermissions, permissionOverwrites: byId(lasting, (it) => it.toJSON()) };
  };
  const member = (one) => ({ ...one.toJSON(), roles: roles(one), user: one.user.toJSON() });
  return {
    ...guild.toJSON(),
    channels: byId(guild.channels.cache, channel),
    roles: byId(guild.roles.cache, (role) => role.toJSON()),
    members: byId(guild.members.cache, member),
  };
}

hear(client, {
  // ClientReady comes only once in a program's life; this one after each login, guilds included.
  [Events.ShardReady]: () => ["ready", { user_id: client.user.id }],
  [Events.ShardResume]: () => ["resumed", {}],
  [Events.ShardReconnecting]: () => ["disconnected", {}],
  [Events.MessageCreate]: (message) => ["message", describe.message(message)],
  [Events.MessageUpdate]: (_, { id, content }) => ["message_edit", { id, content }],
  [Events.MessageDelete]: ({ id }) => ["message_delete", { id }],
  [Events.MessageBulkDelete]: (messages) => ["bulk_delete", { ids: [...messages.keys()].sort() }],
  [Events.MessageReactionAdd]: (...given) => ["reaction_add", describe.reaction(...given)],
  [Events.MessageReactionRemove]: (...given) => ["reaction_remove", describe.reaction(...given)],
  [Events.TypingStart]: ({ channel, user }) => [
    "typing",
    { channel_id: channel.id, user_id: user.id },
  ],
  [Events.ChannelPinsUpdate]: (channel) => ["pins", { channel_id: channel.id }],
  [Events.GuildCreate]: ({ id }) => ["guild_join", { id }],
  [Events.GuildDelete]: ({ id }) => ["guild_leave", { id }],
  [Events.GuildMemberAdd]: ({ id }) => ["member_join", { user_id: id }],
  [Events.GuildMemberRemove]: ({ id }) => ["member_leave", { user_id: id }],
  [Events.GuildMemberUpdate]: (_, member) => ["member_update", describe.member(member)],
  [Events.GuildBanAdd]: ({ user }) => ["ban", { user_id: user.id }],
  [Events.GuildBanRemove]: ({ user }) => ["unban", { user_id: user.id }],
  [Events.PresenceUpdate]: (_, { userId, status }) => ["presence", { user_id: userId, status }],
  [Events.GuildRoleCreate]: (role) => ["role_create", describe.role(role)],
  [Events.GuildRoleUpdate]: (_, role) => ["role_update", describe.role(role)],
  [Events.GuildRoleDelete]: ({ id }) => ["role_delete", { id }],
  [Events.ChannelCreate]: (channel) => ["channel_create", describe.channel(channel)],
  [Events.ChannelUpdate]: (_, channel) => ["channel_update", describe.channel(channel)],
  [Events.ChannelDelete]: ({ id }) => ["channel_delete", { id }],
  [Events.ThreadCreate]: (thread) => ["thread_create", named(thread)],
  [Events.ThreadUpdate]: (_, thread) => ["thread_update", { archived: thread.archived, ...named(thread) }],
  [Events.ThreadDelete]: ({ id }) => ["thread_delete", { id }],
  [Events.GuildAuditLogEntryCreate]: (entry) => ["audit_log_entry", describe.entry(entry)],
  [Events.AutoModerationRuleCreate]: ({ id, name }) => ["rule_create", { id, name }],
  [Events.AutoModerationActionExecution]: (done) => [
    "automod",
    {
      rule_id: done.ruleId,
      user_id: done.userId,
      content: done.content,
      keyword: done.matchedKeyword,
    },
  ],
  [Events.GuildIntegrationsUpdate]: ({ id }) => ["integrations", { guild_id: id }],
  [Events.InviteCreate]: ({ code }) => ["invite_create", { code }],
  [Events.InviteDelete]: ({ code }) => ["invite_delete", { code }],
  [Events.GuildScheduledEventCreate]: (event) => ["plan_create", named(event)],
  [Events.GuildScheduledEventUpdate]: (_, event) => [
    "plan_update",
    { status: event.status, ...named(event) },
  ],
  [Events.GuildScheduledEventDelete]: (event) => ["plan_delete", named(event)],
  [Events.GuildScheduledEventUserAdd]: ({ id }, user) => ["plan_user", { id, user_id: user.id }],
  [Events.VoiceStateUpdate]: (_, { id, channelId, selfMute }) => [
    "voice",
    { user_id: id, channel_id: channelId, muted: selfMute },
  ],
  [Events.VoiceChannelEffectSend]: ({ userId, soundId }) => [
    "effect",
    { user_id: userId, sound_id: soundId },
  ],
  [Events.VoiceServerUpdate]: ({ endpoint }) => ["voice_server", { endpoint }],
  [Events.StageInstanceCreate]: ({ id, topic }) => ["stage", { id, topic }],
});
// It tells of each emoji and sticker that came, went or changed; a test wants to know all there are.
const kinds = {
  emojis: [Events.GuildEmojiCreate, Events.GuildEmojiUpdate, Events.GuildEmojiDelete],
  stickers: [Events.GuildStickerCreate, Events.GuildStickerUpdate, Events.GuildStickerDelete],
};
for (const [kind, events] of Object.entries(kinds)) {
  for (const event of events) {
    client.on(event, (...given) => {
      const { cache } = given.at(-1).guild[kind];
      tell(kind, { names: cache.map(({ name }) => name).sort() });
    });
  }
}

const guild = (id) => client.guilds.cache.get(id);
const channel = (id) => client.channels.cache.get(id);
const messages = (id) => channel(id).messages;
const member = (guildId, userId) => guild(guildId).members.cache.get(userId);
const keys = (collection) => [...collection.keys()];

const verbs = {
  // Pictures
  portray: async ({ guild_id, avatar }) => {
    const plain = await fetched(client.user.defaultAvatarURL);
    const changed = await client.user.setAvatar(Buffer.from(avatar, "base64"));
    const held = await client.guilds.fetch({ guild: guild_id, force: true });
    return {
      default: plain,
      avatar: await fetched(changed.displayAvatarURL({ size: 64 })),
      icon: await fetched(held.iconURL({ extension: "webp", size: 32 })),
      whole: await fetched(held.iconURL({ extension: "png" })),
    };
  },

  // Messages
  send: async ({ channel_id, content }) =>
    describe.message(await channel(channel_id).send(content)),
  reply: async ({ channel_id, message_id, content }) =>
    describe.message(await (await messages(channel_id).fetch(message_id)).reply(content)),
  whisper: async ({ user_id, content }) =>
    describe.message(await client.users.send(user_id, content)),
  send_silently: async ({ channel_id, content }) =>
    describe.message(
      await channel(channel_id).send({ content, flags: MessageFlags.SuppressNotifications }),
    ),
  send_file: async ({ channel_id, filename, content, description }) => {
    const file = { attachment: Buffer.from(content), name: filename, description };
    const sent = await channel(channel_id).send({ content: "with a file", files: [file] });
    const attachment = sent.attachments.first();
    const answer = await fetch(attachment.url);
    return {
      id: attachment.id,
      filename: attachment.name,
      description: attachment.description,
      size: attachment.size,
      read: await answer.text(),
    };
  },
  forward: async ({ channel_id, message_id, to_id }) =>
    describe.message(await (await messages(channel_id).fetch(message_id)).forward(to_id)),
  edit: async ({ channel_id, message_id, content }) => {
    await messages(channel_id).edit(message_id, content);
  },
  delete: ({ channel_id, message_id }) => messages(channel_id).delete(message_id),
  bulk_delete: async ({ channel_id, message_ids }) => {
    await channel(channel_id).bulkDelete(message_ids);
  },
  history: ({ channel_id, ...bounds }) => {
    const page = async (within) => [...(await messages(channel_id).fetch(within)).values()];
    return history((within) => page({ ...within, cache: false }), bounds);
  },
  react: async ({ channel_id, message_id, emoji }) => {
    await messages(channel_id).react(message_id, emoji);
  },
  unreact: async ({ channel_id, message_id, emoji }) => {
    const message = await messages(channel_id).fetch(message_id);
    await message.reactions.resolve(emoji).users.remove();
  },
  reactors: async ({ channel_id, message_id, emoji }) => {
    const message = await messages(channel_id).fetch({ message: message_id, force: true });
    return keys(await message.reactions.resolve(emoji).users.fetch());
  },
  pin: ({ channel_id, message_id }) => messages(channel_id).pin(message_id),
  unpin: ({ channel_id, message_id }) => messages(channel_id).unpin(message_id),
  pins: async ({ channel_id }) =>
    (await messages(channel_id).fetchPins()).items.map(({ message }) => message.id),
  type: ({ channel_id }) => channel(channel_id).sendTyping(),
  follow: async ({ channel_id, target_id }) => {
    await channel(channel_id).addFollower(target_id);
  },
  publish: async ({ channel_id, message_id }) => {
    await messages(channel_id).crosspost(message_id);
  },
  webhooks: async ({ channel_id }) => {
    const found = await channel(channel_id).fetchWebhooks();
    return Object.fromEntries(found.map((it) => [it.name, it.sourceChannel.id]));
  },
  ask: async ({ channel_id, question, answers }) => {
    const poll = {
      question: { text: question },
      answers: answers.map((text) => ({ text })),
      duration: 1,
      allowMultiselect: false,
    };
    return (await channel(channel_id).send({ poll })).id;
  },
  close: async ({ channel_id, message_id }) => {
    const { poll } = await messages(channel_id).endPoll(message_id);
    return poll.answers.map((it) => it.voteCount);
  },
  herald: async ({ channel_id, content, name }) => {
    const webhook = await channel(channel_id).createWebhook({ name: "Herald" });
    const said = await webhook.send({ content, username: name });
    const changed = await webhook.editMessage(said.id, { content: content.toUpperCase() });
    const found = await webhook.fetchMessage(said.id);
    await webhook.deleteMessage(said.id);
    await webhook.delete();
    return [said.author.username, changed.content, found.content];
  },

  // Members
  nick: async ({ guild_id, user_id, nick }) => {
    await member(guild_id, user_id).setNickname(nick);
  },
  give: async ({ guild_id, user_id, role_id }) => {
    await member(guild_id, user_id).roles.add(role_id);
  },
  take: async ({ guild_id, user_id, role_id }) => {
    await member(guild_id, user_id).roles.remove(role_id);
  },
  timeout: async ({ guild_id, user_id, seconds }) => {
    await member(guild_id, user_id).timeout(seconds === null ? null : seconds * 1000);
  },
  kick: async ({ guild_id, user_id, reason }) => {
    await member(guild_id, user_id).kick(reason);
  },
  ban: async ({ guild_id, user_id, reason }) => {
    await guild(guild_id).bans.create(user_id, { reason });
  },
  ban_many: async ({ guild_id, user_ids, reason }) => {
    const done = await guild(guild_id).bans.bulkCreate(user_ids, { reason });
    return [done.bannedUsers.sort(), done.failedUsers.sort()];
  },
  unban: async ({ guild_id, user_id }) => {
    await guild(guild_id).bans.remove(user_id);
  },
  bans: async ({ guild_id }) => {
    const found = await guild(guild_id).bans.fetch();
    return Object.fromEntries(found.map((ban) => [ban.user.id, ban.reason]));
  },
  members: async ({ guild_id }) => keys(await guild(guild_id).members.list({ limit: 1000 })),
  chunk: async ({ guild_id, query }) =>
    keys(await guild(guild_id).members.fetch({ query, limit: 100 })),
  search: async ({ guild_id, query }) => keys(await guild(guild_id).members.search({ query, limit: 100 })),
  audit_log: async ({ guild_id }) => {
    const { entries } = await guild(guild_id).fetchAuditLogs({ limit: 100 });
    return entries.map(describe.entry);
  },
  vanity: async ({ guild_id }) => {
    const { code, uses } = await guild(guild_id).fetchVanityData();
    return [code, uses];
  },
  presence: async ({ status, playing }) => {
    client.user.setPresence({ status, activities: [{ name: playing }] });
  },

  // Roles and channels
  create_role: async ({ guild_id, name, permissions }) =>
    describe.role(
      await guild(guild_id).roles.create({ name, permissions: BigInt(permissions) }),
    ),
  edit_role: async ({ guild_id, role_id, name }) => {
    await guild(guild_id).roles.edit(role_id, { name });
  },
  delete_role: ({ guild_id, role_id }) => guild(guild_id).roles.delete(role_id),
  create_category: async ({ guild_id, name }) =>
    describe.channel(
      await guild(guild_id).channels.create({ name, type: ChannelType.GuildCategory }),
    ),
  create_channel: async ({ guild_id, name, topic, parent_id }) =>
    describe.channel(await guild(guild_id).channels.create({ name, topic, parent: parent_id })),
  edit_channel: async ({ channel_id, name, topic }) => {
    await channel(channel_id).edit({ name, topic });
  },
  delete_channel: async ({ channel_id }) => {
    await channel(channel_id).delete();
  },
  overwrite: async ({ channel_id, role_id, allow, deny }) => {
    const set = (bits, value) =>
      new PermissionsBitField(BigInt(bits)).toArray().map((name) => [name, value]);
    const overwrite = Object.fromEntries([...set(allow, true), ...set(deny, false)]);
    const type = OverwriteType.Role;
    await channel(channel_id).permissionOverwrites.create(role_id, overwrite, { type });
  },
  invite: async ({ channel_id }) =>
    (await channel(channel_id).createInvite({ maxAge: 3600, maxUses: 5 })).code,
  invites: async ({ guild_id }) => keys(await guild(guild_id).invites.fetch()),

  // Coming in
  onboarding: async ({ guild_id }) => {
    const { enabled, prompts } = await guild(guild_id).fetchOnboarding();
    return asked({ enabled, prompts: [...prompts.values()] });
  },
  show_widget: async ({ guild_id, channel_id }) => {
    await guild(guild_id).setWidgetSettings({ enabled: true, channel: channel_id });
    return (await guild(guild_id).fetchWidget()).name === guild(guild_id).name;
  },
  integrations: async ({ guild_id }) =>
    [...(await guild(guild_id).fetchIntegrations()).values()].map((it) => it.application.id).sort(),

  // Automatic moderation
  forbid: async ({ guild_id, word }) => {
    const { id, name, enabled } = await guild(guild_id).autoModerationRules.create({
      name: "words",
      eventType: AutoModerationRuleEventType.MessageSend,
      triggerType: AutoModerationRuleTriggerType.Keyword,
      triggerMetadata: { keywordFilter: [word] },
      actions: [{ type: AutoModerationActionType.BlockMessage }],
      enabled: true,
    });
    return { id, name, enabled };
  },

  // Threads
  start_thread: async ({ channel_id, message_id, name }) => {
    const message = await channel(channel_id).messages.fetch(message_id);
    return named(await message.startThread({ name }));
  },
  herald_post: async ({ channel_id, name, content }) => {
    const webhook = await channel(channel_id).createWebhook({ name: "Herald" });
    const said = await webhook.send({ content, threadName: name });
    await webhook.delete();
    return [said.id, said.content];
  },
  post: async ({ channel_id, name, content }) =>
    named(await channel(channel_id).threads.create({ name, message: { content } })),
  speak_in_thread: async ({ thread_id, content }) => (await channel(thread_id).send(content)).id,
  thread_members: async ({ thread_id }) => {
    const found = await channel(thread_id).members.fetch({ cache: false });
    return found.map(({ id }) => id).sort();
  },
  archive_thread: async ({ thread_id }) => {
    await channel(thread_id).setArchived(true);
  },
  threads: async ({ guild_id }) => {
    const held = guild(guild_id).channels.cache.filter((it) => it.isThread() && !it.archived);
    return names(held);
  },

  // Emojis, stickers and sounds
  create_emoji: async ({ guild_id, name, image }) => {
    const attachment = Buffer.from(image, "base64");
    return named(await guild(guild_id).emojis.create({ name, attachment }));
  },
  rename_emoji: async ({ guild_id, emoji_id, name }) => {
    await guild(guild_id).emojis.edit(emoji_id, { name });
  },
  delete_emoji: async ({ guild_id, emoji_id }) => {
    await guild(guild_id).emojis.delete(emoji_id);
  },
  emojis: async ({ guild_id }) => names(guild(guild_id).emojis.cache),
  create_sticker: async ({ guild_id, name, image }) => {
    const file = Buffer.from(image, "base64");
    return named(await guild(guild_id).stickers.create({ file, name, tags: "wave" }));
  },
  delete_sticker: async ({ guild_id, sticker_id }) => {
    await guild(guild_id).stickers.delete(sticker_id);
  },
  stickers: async ({ guild_id }) => names(guild(guild_id).stickers.cache),
  send_sticker: async ({ channel_id, sticker_id }) => {
    const sent = await channel(channel_id).send({ stickers: [sticker_id] });
    return [...sent.stickers.values()].map(({ name }) => name);
  },
  create_sound: async ({ guild_id, name, sound }) => {
    const file = Buffer.from(sound, "base64");
    const made = await guild(guild_id).soundboardSounds.create({
      file,
      name,
      contentType: "audio/ogg",
    });
    return { id: made.soundId, name: made.name };
  },
  delete_sound: async ({ guild_id, sound_id }) => {
    await guild(guild_id).soundboardSounds.delete(sound_id);
  },
  sounds: async ({ guild_id }) => names(guild(guild_id).soundboardSounds.cache),

  // What goes on
  plan: async ({ guild_id, name, starts, ends, place }) => {
    const made = await guild(guild_id).scheduledEvents.create({
      name,
      scheduledStartTime: starts,
      scheduledEndTime: ends,
      entityType: GuildScheduledEventEntityType.External,
      entityMetadata: { location: place },
      privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
    });
    return named(made);
  },
  begin: async ({ guild_id, event_id }) => {
    const status = GuildScheduledEventStatus.Active;
    await guild(guild_id).scheduledEvents.edit(event_id, { status });
  },
  plans: async ({ guild_id }) => names(guild(guild_id).scheduledEvents.cache),
  who_comes: async ({ guild_id, event_id }) =>
    keys(await guild(guild_id).scheduledEvents.fetchSubscribers(event_id)),
  speak: async ({ guild_id, channel_id }) => {
    const d = { guild_id, channel_id, self_mute: true, self_deaf: false };
    guild(guild_id).shard.send({ op: GatewayOpcodes.VoiceStateUpdate, d });
  },
  bring: async ({ guild_id, user_id, channel_id }) => {
    await member(guild_id, user_id).voice.setChannel(channel_id);
  },
  voices: async ({ guild_id }) => {
    const inside = guild(guild_id).voiceStates.cache.filter(({ channelId }) => channelId);
    return Object.fromEntries(inside.map(({ id, channelId }) => [id, channelId]));
  },
  open_stage: async ({ channel_id, topic }) =>
    (await channel(channel_id).createStageInstance({ topic })).id,

  // What the library holds
  world: async ({ guild_id }) => {
    const held = guild(guild_id);
    return {
      name: held.name,
      roles: byId(held.roles.cache, (r) => [r.name, String(r.permissions.bitfield)]),
      channels: byId(held.channels.cache, (c) => [c.name, c.parentId, c.topic ?? null]),
      members: byId(held.members.cache, (m) => [m.nickname, roles(m)]),
    };
  },
  cache: async () => byId(client.guilds.cache, whole),
};

await serve(client, verbs);
