/** Shows a form that an application asks one to fill in. */
import type { ModalShown, Snowflake } from "../../wire/types";
import type { App } from "../app";
import { withWords } from "../withWords";

export async function showModal(app: App, modal: ModalShown, guildId: Snowflake | null): Promise<void> {
  await app.layers.dialog(() => withWords(app, () => import("./Modal.svelte")), { modal, guildId });
}
