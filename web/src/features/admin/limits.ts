/** The limits of an instance, in the order they are shown. */
import type { InstanceLimits } from "../../wire/types";

export const LIMITS = [
  "message_length",
  "upload_bytes",
  "message_upload_bytes",
  "guilds_per_user",
  "members_per_guild",
  "channels_per_guild",
  "roles_per_guild",
  "pins_per_channel",
  "reactions_per_message",
  "emojis_per_guild",
  "animated_emojis_per_guild",
  "emojis_per_application",
  "emoji_bytes",
  "stickers_per_guild",
  "sticker_bytes",
  "sounds_per_guild",
  "sound_bytes",
  "sound_ms",
  "password_length",
] as const satisfies readonly (keyof InstanceLimits)[];
