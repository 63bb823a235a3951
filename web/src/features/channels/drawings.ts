/** Which drawing stands before a channel's name. */
import { Hash, Images, Lock, Megaphone, MessagesSquare, RadioTower, Spool, Volume2, AtSign, Users } from "lucide";
import { PERMISSIONS } from "../../permissions/permissions";
import type { Drawing } from "../../ui/icons";
import type { KnownChannel } from "../../world/channels";
import { isPrivate, isThread } from "../../world/threads";
import type { World } from "../../world/world";
import { ANNOUNCEMENT, FORUM, MEDIA, STAGE, VOICE } from "./listed";

const DIRECT = 1;
const GROUP = 3;

const DRAWINGS: Readonly<Record<number, Drawing>> = {
  [DIRECT]: AtSign,
  [GROUP]: Users,
  [VOICE]: Volume2,
  [ANNOUNCEMENT]: Megaphone,
  [STAGE]: RadioTower,
  [FORUM]: MessagesSquare,
  [MEDIA]: Images,
};

/** Text that not everybody of the server may read has a lock. */
export function drawingOf(channel: KnownChannel, world: World): Drawing {
  if (isThread(channel)) return isPrivate(channel) ? Lock : Spool;
  const known = DRAWINGS[channel.type];
  if (known !== undefined) return known;
  return world.guilds.byId.has(channel.guild_id ?? "") && isClosed(channel) ? Lock : Hash;
}

function isClosed({ guild_id, permission_overwrites }: KnownChannel): boolean {
  const everybody = permission_overwrites?.find(({ id }) => id === guild_id);
  return everybody !== undefined && (BigInt(everybody.deny) & PERMISSIONS.VIEW_CHANNEL) !== 0n;
}
