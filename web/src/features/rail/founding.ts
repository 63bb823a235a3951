/** A new server, with a few channels so that nobody stands in an empty hall. */
import type { Snowflake } from "../../wire/types";
import type { App } from "../app";

const TEXT = 0;
const VOICE = 2;
const CATEGORY = 4;

interface Founded {
  readonly guildId: Snowflake;
  /** Where to begin. */
  readonly channelId: Snowflake | null;
}

export async function foundServer({ api, speech: { say } }: Pick<App, "api" | "speech">, name: string): Promise<Founded> {
  const inTalk = { parent_id: "1" };
  const inCalls = { parent_id: "2" };
  const channels = [
    { id: "1", type: CATEGORY, name: say("rail.sample.talk") },
    { id: "2", type: CATEGORY, name: say("rail.sample.calls") },
    { id: "3", type: TEXT, name: say("rail.sample.general"), topic: say("rail.sample.generalTopic"), ...inTalk },
    { id: "4", type: TEXT, name: say("rail.sample.pictures"), topic: say("rail.sample.picturesTopic"), ...inTalk },
    { id: "5", type: TEXT, name: say("rail.sample.ideas"), topic: say("rail.sample.ideasTopic"), ...inTalk },
    { id: "6", type: VOICE, name: say("rail.sample.lounge"), ...inCalls },
  ] as const;
  const guild = await api.client.call("POST /guilds", { body: { name, channels, system_channel_id: "3" } });
  return { guildId: guild.id, channelId: guild.system_channel_id ?? null };
}
