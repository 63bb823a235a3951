/** How one has arranged one's servers: single ones and folders, in an order that all of one's devices share. */
import type { GuildFolder, Snowflake } from "../../wire/types";

/** A server that stands alone is a folder without an id. */
export type Arrangement = readonly GuildFolder[];

/** What is moved: a server, or a whole folder. */
export type Piece = { readonly guild: Snowflake } | { readonly folder: number };

export function isGuild(piece: Piece): piece is { readonly guild: Snowflake } {
  return "guild" in piece;
}

export type FolderChange = Pick<GuildFolder, "name" | "color">;

/** Where to: beside a slot, or into it. A slot goes by its folder's id, or by its only server. */
export interface Spot {
  readonly slot: Piece;
  readonly side: "before" | "after" | "into";
}

const alone = (guild: Snowflake): GuildFolder => ({ guild_ids: [guild], id: null, name: null, color: null });

export function isFolder(slot: GuildFolder): slot is GuildFolder & { readonly id: number } {
  return slot.id !== null;
}

/** The arrangement of the servers there are: the newest ones that were never put anywhere come first. */
export function arranged(kept: Arrangement, newestFirst: readonly Snowflake[]): Arrangement {
  const known = new Set(newestFirst);
  const placed = new Set(kept.flatMap(({ guild_ids }) => guild_ids));
  const slots = kept.map((slot) => ({ ...slot, guild_ids: slot.guild_ids.filter((id) => known.has(id)) }));
  return tidy([...newestFirst.filter((id) => !placed.has(id)).map(alone), ...slots]);
}

/** Folders that lost their last server are gone. */
function tidy(slots: Arrangement): Arrangement {
  return slots.filter(({ guild_ids }) => guild_ids.length > 0);
}

function isSlot(slot: GuildFolder, piece: Piece): boolean {
  return "folder" in piece ? slot.id === piece.folder : slot.id === null && slot.guild_ids[0] === piece.guild;
}

function without(slots: Arrangement, piece: Piece): Arrangement {
  if ("folder" in piece) return slots.filter(({ id }) => id !== piece.folder);
  return tidy(slots.map((slot) => ({ ...slot, guild_ids: slot.guild_ids.filter((id) => id !== piece.guild) })));
}

function lifted(slots: Arrangement, piece: Piece): GuildFolder | undefined {
  return "folder" in piece ? slots.find(({ id }) => id === piece.folder) : alone(piece.guild);
}

function freshId(slots: Arrangement): number {
  return Math.max(0, ...slots.map(({ id }) => id ?? 0)) + 1;
}

/** Put a piece somewhere else; a server dropped on another one makes a folder of both. */
export function moved(slots: Arrangement, piece: Piece, { slot: where, side }: Spot): Arrangement {
  const taken = lifted(slots, piece);
  if (taken === undefined || JSON.stringify(piece) === JSON.stringify(where)) return slots;
  const rest = without(slots, piece);
  const at = rest.findIndex((slot) => isSlot(slot, where));
  const target = rest[at];
  if (target === undefined) return slots;
  if (side !== "into") return rest.toSpliced(side === "before" ? at : at + 1, 0, taken);
  const id = target.id ?? taken.id ?? freshId(slots);
  return rest.with(at, { ...taken, ...target, id, guild_ids: [...target.guild_ids, ...taken.guild_ids] });
}

/** Inside an open folder: before or after one of its servers. */
export function movedBeside(slots: Arrangement, guild: Snowflake, beside: Snowflake, side: "before" | "after"): Arrangement {
  if (guild === beside) return slots;
  const rest = without(slots, { guild });
  const at = rest.findIndex(({ guild_ids }) => guild_ids.includes(beside));
  const target = rest[at];
  if (target === undefined) return slots;
  const place = target.guild_ids.indexOf(beside) + (side === "after" ? 1 : 0);
  return rest.with(at, { ...target, guild_ids: target.guild_ids.toSpliced(place, 0, guild) });
}

/** One step up or down: within its folder first, and out of it at its end. */
export function stepped(slots: Arrangement, piece: Piece, step: -1 | 1): Arrangement {
  const at = slots.findIndex((slot) => ("folder" in piece ? slot.id === piece.folder : slot.guild_ids.includes(piece.guild)));
  const slot = slots[at];
  if (slot === undefined) return slots;
  if ("guild" in piece && isFolder(slot)) return steppedInside(slots, slot, piece.guild, step);
  const next = slots[at + step];
  return next === undefined ? slots : slots.with(at, next).with(at + step, slot);
}

function steppedInside(slots: Arrangement, folder: GuildFolder & { readonly id: number }, guild: Snowflake, step: -1 | 1): Arrangement {
  const place = folder.guild_ids.indexOf(guild);
  const beside = folder.guild_ids[place + step];
  if (beside !== undefined) return movedBeside(slots, guild, beside, step === 1 ? "after" : "before");
  if (folder.guild_ids.length === 1) return slots;
  return moved(slots, { guild }, { slot: { folder: folder.id }, side: step === 1 ? "after" : "before" });
}

export function changedFolder(slots: Arrangement, id: number, change: FolderChange): Arrangement {
  return slots.map((slot) => (slot.id === id ? { ...slot, ...change } : slot));
}

/** Its servers stand alone again, where it was. */
export function dissolved(slots: Arrangement, id: number): Arrangement {
  return slots.flatMap((slot) => (slot.id === id ? slot.guild_ids.map(alone) : [slot]));
}
