/** Whether the page is a phone's: one pane, sheets from below. */
import { MediaQuery } from "svelte/reactivity";

export const narrow = new MediaQuery("(max-width: 640px)");
