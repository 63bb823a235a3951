/** What linked roles ask for and what applications say of somebody, in words. */
import type { Key } from "../../i18n/catalogue";
import type { KnownRoleConnection, RoleConnectionMetadata, RoleRequirement } from "../../wire/types";
import type { App } from "../app";

type Speech = Pick<App["speech"], "say" | "number" | "date" | "language">;

const TIMES: ReadonlySet<number> = new Set([5, 6]);
export const BOOLEANS: ReadonlySet<number> = new Set([7, 8]);

/** What a fact is called in the reader's language, as far as its application says it in that. */
export function factName({ name, name_localizations }: Pick<RoleConnectionMetadata, "name" | "name_localizations">, language: string): string {
  return name_localizations?.[language] ?? name;
}

/** One condition: "Cookies: at least 10". */
export function asked({ operator, value, connection_metadata_field: field }: Omit<RoleRequirement, "connection_type">, name: string, { say, number }: Speech): string {
  if (field === null || operator === null) return say("entry.linked.any");
  return say(`entry.linked.asks.${operator}` as Key, { name, n: number(Number(value ?? 0)) });
}

/** What an application says of somebody: the name of each fact, and what it is. */
export function toldBy({ application_metadata, metadata }: KnownRoleConnection, speech: Speech): readonly string[] {
  return application_metadata.flatMap((fact) => {
    const said = metadata[fact.key];
    return said === undefined ? [] : speech.say("entry.linked.says", { name: factName(fact, speech.language), value: valueOf(fact, said, speech) });
  });
}

function valueOf({ type }: RoleConnectionMetadata, said: string, { say, number, date }: Speech): string {
  if (BOOLEANS.has(type)) return say(said === "1" ? "entry.linked.yes" : "entry.linked.no");
  return TIMES.has(type) ? date(said) : number(Number(said));
}
