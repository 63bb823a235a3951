/** Going through channels and servers by keys, and marking a server as read. */
import { attempt } from "../attempt";
import { useApp } from "../app";
import { useWorld } from "../member";
import { useKey } from "./keys.svelte";
import { channelsOf, next, serversOf, type Step } from "./places";

export function useMoves(): void {
  const app = useApp();
  const world = useWorld();
  const { here } = app;

  const isChat = () => app.router.path.startsWith("/channels");
  const isUnread = (id: string) => world.isUnread(id) && !world.isMuted(id);
  const isCalled = (id: string) => world.readings.of(id).mention_count > 0;

  /** False where there is nowhere to go. */
  function channel(step: Step, willDo?: (id: string) => boolean): boolean {
    const to = isChat() ? next(channelsOf(world, here.guildId), here.channelId, step, willDo) : undefined;
    if (to !== undefined) here.open(here.guildId, to);
    return to !== undefined;
  }

  function server(step: Step): boolean {
    const to = isChat() ? next<string | null>([null, ...serversOf(world)], here.guildId, step) : undefined;
    if (to !== undefined) here.open(to);
    return to !== undefined;
  }

  function markServerRead(): boolean {
    const guild_id = here.guildId;
    if (guild_id === null || !world.waitingIn(guild_id).isUnread) return false;
    void attempt(app, () => app.api.client.call("POST /guilds/{guild_id}/ack", { guild_id }));
    return true;
  }

  useKey("previous-channel", () => channel(-1));
  useKey("next-channel", () => channel(1));
  useKey("previous-unread", () => channel(-1, isUnread));
  useKey("next-unread", () => channel(1, isUnread));
  useKey("previous-mention", () => channel(-1, isCalled));
  useKey("next-mention", () => channel(1, isCalled));
  useKey("previous-server", () => server(-1));
  useKey("next-server", () => server(1));
  useKey("mark-server-read", markServerRead);
}
