/** Where the pictures of people and places lie: on our own server, in the size they are shown at. */
import type { Snowflake, User } from "../wire/types";
import type { KnownMember } from "../world/people";

const CDN = "/cdn";

/** For screens with two pixels for one. */
const DENSE = 2;

/** The server's sizes are powers of two. */
function sizeFor(pixels: number): number {
  return 2 ** Math.ceil(Math.log2(pixels * DENSE));
}

function sized(path: string, hash: string, pixels: number, moving: boolean): string {
  const size = sizeFor(pixels);
  const isAnimated = moving && hash.startsWith("a_");
  return `${CDN}/${path}/${hash}.${isAnimated ? "gif" : "webp"}?size=${size}`;
}

type Pictured = Pick<User, "id"> & { readonly avatar?: string | null };

/** Undefined for who has none of their own. */
export function avatarOf(user: Pictured, pixels: number, moving = false): string | undefined {
  return user.avatar ? sized(`avatars/${user.id}`, user.avatar, pixels, moving) : undefined;
}

/** In a server one may look otherwise. */
export function memberAvatarOf(
  guildId: Snowflake,
  user: Pictured,
  member: Pick<KnownMember, "avatar"> | undefined,
  pixels: number,
  moving = false,
): string | undefined {
  const own = member?.avatar;
  return own ? sized(`guilds/${guildId}/users/${user.id}/avatars`, own, pixels, moving) : avatarOf(user, pixels, moving);
}

/** The wide picture above a profile; in a server one may have another. */
export function bannerOf(
  userId: Snowflake,
  banner: string | null | undefined,
  pixels: number,
  guild?: { readonly id: Snowflake; readonly banner: string | null | undefined } | null,
): string | undefined {
  if (guild?.banner) return sized(`guilds/${guild.id}/users/${userId}/banners`, guild.banner, pixels, true);
  return banner ? sized(`banners/${userId}`, banner, pixels, true) : undefined;
}

interface Place {
  readonly id: Snowflake;
  readonly icon?: string | null;
}

export function iconOf(guild: Place, pixels: number, moving = false): string | undefined {
  return guild.icon ? sized(`icons/${guild.id}`, guild.icon, pixels, moving) : undefined;
}

/** The wide picture of a server. */
export function guildBannerOf(guild: { readonly id: Snowflake; readonly banner: string | null }, pixels: number): string | undefined {
  return guild.banner ? sized(`banners/${guild.id}`, guild.banner, pixels, true) : undefined;
}

/** The picture above a server's guide. */
export function homeHeaderOf(guild: { readonly id: Snowflake; readonly home_header: string | null }, pixels: number): string | undefined {
  return guild.home_header ? sized(`home-headers/${guild.id}`, guild.home_header, pixels, false) : undefined;
}

interface Line {
  readonly channel_id: Snowflake;
  readonly icon?: string;
}

/** Of something a guide tells to do. */
export function actionIconOf({ channel_id, icon }: Line, pixels: number): string | undefined {
  return icon ? sized(`new-member-actions/${channel_id}`, icon, pixels, false) : undefined;
}

/** Of something it tells to read. */
export function resourceIconOf({ channel_id, icon }: Line, pixels: number): string | undefined {
  return icon ? sized(`resource-channels/${channel_id}`, icon, pixels, false) : undefined;
}

/** The cover of something that is planned. */
export function coverOf(event: { readonly id: Snowflake; readonly image: string | null }, pixels: number): string | undefined {
  return event.image ? sized(`guild-events/${event.id}`, event.image, pixels, false) : undefined;
}

/** Of a role. */
export function roleIconOf(role: { readonly id: Snowflake; readonly icon: string | null }, pixels: number): string | undefined {
  return role.icon ? sized(`role-icons/${role.id}`, role.icon, pixels, false) : undefined;
}

/** Of a group of people. */
export function groupIconOf(channel: Place, pixels: number): string | undefined {
  return channel.icon ? sized(`channel-icons/${channel.id}`, channel.icon, pixels, false) : undefined;
}

export function emojiUrl(id: Snowflake, moving: boolean, pixels = 48): string {
  return `${CDN}/emojis/${id}.${moving ? "gif" : "webp"}?size=${sizeFor(pixels)}`;
}

export function applicationIconOf(application: Place, pixels: number): string | undefined {
  return application.icon ? sized(`app-icons/${application.id}`, application.icon, pixels, false) : undefined;
}

/** Not of one that only a player of its own could draw. */
export function stickerUrl(id: Snowflake, pixels: number, moving: boolean): string {
  return `${CDN}/stickers/${id}.webp?size=${sizeFor(pixels)}&animated=${moving}`;
}

export function soundUrl(id: Snowflake): string {
  return `${CDN}/soundboard-sounds/${id}`;
}
