/** Where the pages beside the private conversations are. */
import { pathTo } from "../here.svelte";

export const REQUESTS = `${pathTo(null)}/requests`;
