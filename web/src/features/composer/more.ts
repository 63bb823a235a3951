/** What can be sent besides words: files, recordings, polls, and all of it later. */
import { AlarmClock, ChartBarBig, Clapperboard, FileUp, Mic, Sticker } from "lucide";
import { has } from "../../permissions/permissions";
import type { Entry } from "../../ui/layers.svelte";
import { narrow } from "../../ui/narrow.svelte";
import { hint } from "../keys/hint";
import type { Deeds } from "./keys";
import type { Writing } from "./writing.svelte";

interface May {
  readonly mayAttach: boolean;
  readonly mayRecord: boolean;
}

/** What stands beside the text where there is room; nothing for what there is not. */
interface Pickers {
  readonly gif: (() => Promise<void>) | false;
  readonly sticker: (() => Promise<void>) | false;
}

export function openMore(writing: Writing, at: Element, { mayAttach, mayRecord }: May, { gif, sticker }: Pickers, deeds: Deeds): void {
  const { app, world, channelId, talk } = writing;
  const { say } = app.speech;
  const mayAsk = has(world.permissions(channelId), "SEND_POLLS");
  const askPoll = () => app.layers.dialog(() => import("../polls/AskPoll.svelte"), { channelId, onasked: () => talk.showEnd() });
  const entries: readonly (Entry | false)[] = [
    { label: say("besides.upload"), icon: FileUp, shortcut: hint(app, "upload"), disabled: mayAttach ? false : say("besides.mayNotAttach"), run: deeds.chooseFiles },
    { label: say("composer.record"), icon: Mic, disabled: mayRecord ? false : say("besides.mayNotRecord"), run: deeds.record },
    narrow.current && gif && { label: say("composer.gif"), icon: Clapperboard, run: gif },
    narrow.current && sticker && { label: say("composer.sticker"), icon: Sticker, run: sticker },
    { label: say("besides.poll"), icon: ChartBarBig, disabled: mayAsk ? false : say("besides.mayNotAsk"), run: askPoll },
    { label: say("later.title"), icon: AlarmClock, run: () => app.layers.dialog(() => import("./Later.svelte"), { writing }) },
  ];
  void app.layers.menu(at, say("composer.more"), entries.filter((entry) => entry !== false));
}
