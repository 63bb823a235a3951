/** Friends, the blocked, the ignored and the requests between. */
import type { PartialRelationship, Relationship, Snowflake, UserlessRelationship } from "../wire/types";
import { sorted, type Applies, type Part } from "./parts";
import { Table } from "./table";

export const FRIEND = 1;
export const BLOCKED = 2;
export const INCOMING = 3;
export const OUTGOING = 4;

export interface KnownRelationship {
  readonly id: Snowflake;
  readonly type: number;
  readonly nickname: string | null;
  readonly user_ignored: boolean;
  readonly since?: string;
}

function known(given: Relationship | UserlessRelationship | PartialRelationship): KnownRelationship {
  const { id, type, nickname, user_ignored, since } = given;
  const own = { id, type, nickname, user_ignored };
  return since === undefined ? own : { ...own, since };
}

export class Relationships implements Part {
  readonly byId = new Table<KnownRelationship>();

  readonly tables = { byId: this.byId };

  readonly on: Applies = {
    READY: ({ relationships }) => this.byId.become(relationships.map((one) => [one.id, known(one)] as const)),
    RELATIONSHIP_ADD: (one) => this.byId.set(one.id, known(one)),
    RELATIONSHIP_UPDATE: (one) => this.byId.set(one.id, { ...this.byId.get(one.id), ...known(one) }),
    RELATIONSHIP_REMOVE: ({ id }) => this.byId.delete(id),
  };

  isBlocked(id: Snowflake): boolean {
    return this.byId.get(id)?.type === BLOCKED;
  }

  /** Whose messages call nobody: one blocked or ignores them. */
  isUnheard(id: Snowflake): boolean {
    return this.isBlocked(id) || this.byId.get(id)?.user_ignored === true;
  }

  snapshot(): unknown {
    return sorted(this.byId.entries());
  }
}
