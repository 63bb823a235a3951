/** The member lists one looks at: groups with their counts, and the rows of the ranges that were asked for. */
import type { GuildMemberListUpdate, ListGroup, ListItem, ListOp, Snowflake } from "../wire/types";
import type { Applies, Part } from "./parts";
import { Table } from "./table";

export type Row = { readonly group: string } | { readonly user: Snowflake };

export interface MemberList {
  readonly groups: readonly ListGroup[];
  readonly online: number;
  /** By place in the whole list; where nothing was asked for, nothing is. */
  readonly rows: readonly (Row | undefined)[];
}

const listId = (guildId: Snowflake, id: string) => `${guildId}/${id}`;

function rowOf({ group, member }: ListItem): Row | undefined {
  if (member !== undefined) return { user: member.user.id };
  return group === undefined ? undefined : { group: group.id };
}

/** How many rows there are: a heading and its people, group after group. */
export function lengthOf(groups: readonly ListGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count + (count > 0 ? 1 : 0), 0);
}

type Rows = (Row | undefined)[];

const steps: Record<string, (rows: Rows, op: ListOp) => void> = {
  SYNC: (rows, { range, items }) => {
    if (range === undefined) return;
    for (let place = range[0]; place <= range[1]; place++) {
      const item = items?.[place - range[0]];
      rows[place] = item && rowOf(item);
    }
  },
  INVALIDATE: (rows, { range }) => {
    if (range !== undefined) rows.fill(undefined, range[0], range[1] + 1);
  },
  INSERT: (rows, { index, item }) => {
    if (index !== undefined && item !== undefined) rows.splice(index, 0, rowOf(item));
  },
  UPDATE: (rows, { index, item }) => {
    if (index !== undefined && item !== undefined) rows[index] = rowOf(item);
  },
  DELETE: (rows, { index }) => {
    if (index !== undefined) rows.splice(index, 1);
  },
};

function applied(before: MemberList | undefined, update: GuildMemberListUpdate): MemberList {
  const rows: Rows = [...(before?.rows ?? [])];
  for (const op of update.ops) steps[op.op]?.(rows, op);
  rows.length = lengthOf(update.groups);
  return { groups: update.groups, online: update.online_count, rows };
}

export class MemberLists implements Part {
  readonly byId = new Table<MemberList>();

  readonly tables = {};

  readonly passing = { byId: this.byId };

  readonly on: Applies = {
    READY: () => this.byId.clear(),
    GUILD_MEMBER_LIST_UPDATE: (update) => {
      const id = listId(update.guild_id, update.id);
      this.byId.set(id, applied(this.byId.get(id), update));
    },
    GUILD_DELETE: ({ id: guildId }) => {
      for (const id of [...this.byId.ids()]) if (id.startsWith(`${guildId}/`)) this.byId.delete(id);
    },
  };

  of(guildId: Snowflake, id: string): MemberList | undefined {
    return this.byId.get(listId(guildId, id));
  }

  snapshot(): unknown {
    return null;
  }
}
