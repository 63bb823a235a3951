/** How a forum shows its posts, and what it asks of them. */
import type { KnownChannel } from "../../world/channels";
import { MEDIA } from "../channels/listed";

const REQUIRE_TAG = 1 << 4;

export const LAYOUTS = ["list", "gallery"] as const;
export type Layout = (typeof LAYOUTS)[number];

export const SORTS = ["activity", "creation"] as const;
export type Sort = (typeof SORTS)[number];

const GALLERY = 2;
const BY_CREATION = 1;

type Forum = Pick<KnownChannel, "type" | "flags" | "default_forum_layout" | "default_sort_order">;

/** Media stand beside one another, whatever else is said. */
export function layoutOf({ type, default_forum_layout }: Forum): Layout {
  return type === MEDIA || default_forum_layout === GALLERY ? "gallery" : "list";
}

export function sortOf({ default_sort_order }: Forum): Sort {
  return default_sort_order === BY_CREATION ? "creation" : "activity";
}

export function needsTag({ flags }: Pick<Forum, "flags">): boolean {
  return (flags & REQUIRE_TAG) !== 0;
}

export function withTagNeeded(flags: number, isNeeded: boolean): number {
  return isNeeded ? flags | REQUIRE_TAG : flags & ~REQUIRE_TAG;
}
