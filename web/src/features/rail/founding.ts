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

export async function foundServer({ api, speech }: Pick<App, "api" | "speech">, name: string): Promise<Founded> {
  await speech.deepen();
  const { say } = speech;
  const inTalk = { parent_id: "1" };
  const inCalls = { parent_id: "2" };
  const channels = [
    { id: "1", type: CATEGORY, name: say("found.sample.talk") },
    { id: "2", type: CATEGORY, name: say("found.sample.calls") },
    { id: "3", type: TEXT, name: say("found.sample.general"), topic: say("found.sample.generalTopic"), ...inTalk },
    { id: "4", type: TEXT, name: say("found.sample.pictures"), topic: say("found.sample.picturesTopic"), ...inTalk },
    { id: "5", type: TEXT, name: say("found.sample.ideas"), topic: say("found.sample.ideasTopic"), ...inTalk },
    { id: "6", type: VOICE, name: say("found.sample.lounge"), ...inCalls },
  ] as const;
  const guild = await api.client.call("POST /guilds", { body: { name, channels, system_channel_id: "3" } });
  return { guildId: guild.id, channelId: guild.system_channel_id ?? null };
}
