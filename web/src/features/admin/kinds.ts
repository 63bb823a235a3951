/** The kinds of accounts one may look for. */
import type { AccountsQueryInput } from "../../wire/types";

type Known = NonNullable<AccountsQueryInput["kind"]>;
export type Kind = "all" | Known;

export const KINDS = ["all", "person", "bot", "admin", "disabled", "leaving"] as const satisfies readonly Kind[];
