/** What is given to the options of a command, held against what each asks for, and how it is sent. */
import type { CommandOption } from "../../wire/types";
import type { Usable } from "./usable";

export const STRING = 3;
const INTEGER = 4;
export const BOOLEAN = 5;
const NUMBER = 10;
export const ATTACHMENT = 11;

export interface Given {
  readonly text: string;
  /** Of what was chosen from what is offered. */
  readonly chosen?: string | number | boolean;
}

export type Value = string | number | boolean;
export type Flaw =
  | { readonly key: "interactions.needed" | "interactions.wholeNumber" | "interactions.number" | "interactions.chooseOne" }
  | { readonly key: "interactions.least" | "interactions.most" | "interactions.tooShort" | "interactions.tooLong"; readonly n: number };

export const NOTHING: Given = { text: "" };

/** Whether it is taken from what is offered, and never just written. */
export function isChosen({ type, choices }: CommandOption): boolean {
  return (choices?.length ?? 0) > 0 || ![STRING, INTEGER, NUMBER].includes(type);
}

/** The value, what is wrong with it, or nothing where nothing is given. */
export function read(option: CommandOption, { text, chosen }: Given): { readonly value: Value } | { readonly flaw: Flaw } | null {
  if (chosen !== undefined) return { value: chosen };
  if (text.trim() === "") return option.required === true ? { flaw: { key: "interactions.needed" } } : null;
  if (isChosen(option)) return { flaw: { key: "interactions.chooseOne" } };
  return option.type === STRING ? measured(option, text) : counted(option, text.trim());
}

function measured({ min_length = 0, max_length = 6000 }: CommandOption, text: string): { readonly value: Value } | { readonly flaw: Flaw } {
  const length = Array.from(text).length;
  if (length < min_length) return { flaw: { key: "interactions.tooShort", n: min_length } };
  return length > max_length ? { flaw: { key: "interactions.tooLong", n: max_length } } : { value: text };
}

const WHOLE = /^[-+]?\d+$/;
const DECIMAL = /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/;

function counted({ type, min_value, max_value }: CommandOption, text: string): { readonly value: Value } | { readonly flaw: Flaw } {
  const value = Number(text.replace(",", "."));
  if (type === INTEGER && !(WHOLE.test(text) && Number.isSafeInteger(value))) return { flaw: { key: "interactions.wholeNumber" } };
  if (!DECIMAL.test(text) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return { flaw: { key: "interactions.number" } };
  if (min_value !== undefined && value < min_value) return { flaw: { key: "interactions.least", n: min_value } };
  return max_value !== undefined && value > max_value ? { flaw: { key: "interactions.most", n: max_value } } : { value };
}

export type AllGiven = Readonly<Record<string, Given>>;

/** What is wrong with what was given, by the names of the options. */
export function flaws(options: readonly CommandOption[], given: AllGiven): Readonly<Record<string, Flaw>> {
  return Object.fromEntries(
    options.flatMap((option) => {
      const found = read(option, given[option.name] ?? NOTHING);
      return found !== null && "flaw" in found ? [[option.name, found.flaw]] : [];
    }),
  );
}

/** The data of a command; with the name of the option that is being typed, as its application is asked about it. */
export function dataOf({ command, path, options }: Usable, given: AllGiven, focused?: string): Record<string, unknown> {
  const values = options.flatMap((option) => {
    const { name, type } = option;
    const own = given[name] ?? NOTHING;
    if (name === focused) return [{ type, name, value: own.text, focused: true }];
    const found = read(option, own);
    return found !== null && "value" in found ? [{ type, name, value: found.value }] : [];
  });
  const nested = path.toReversed().reduce<readonly object[]>((inner, { type, name }) => [{ type, name, options: inner }], values);
  const { id, version, type, guild_id } = command;
  return { id, version, type, name: command.name_default ?? command.name, options: nested, ...(guild_id === undefined ? {} : { guild_id }) };
}
