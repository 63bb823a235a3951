/** A form of an application: which fields it has, what is wrong with what was filled in, and how it is sent in. */
import type { Entry, Field } from "./components";
import { boundsOf, chosenAtFirst } from "./components";

export interface Asked {
  readonly label: string;
  readonly description: string | undefined;
  readonly field: Field;
}

/** Of an upload the names its files have in the form. */
export type Given = string | boolean | readonly string[];
export type Answers = Readonly<Record<string, Given>>;

export type Lack = { readonly key: "interactions.needed" } | { readonly key: "interactions.tooShort" | "interactions.tooFew" | "interactions.tooMany"; readonly n: number };

/** In their order; what is only read is none. */
export function fieldsOf(entries: readonly Entry[]): readonly Asked[] {
  return entries.flatMap((entry): readonly Asked[] => {
    if (entry.type === 18) return [{ label: entry.label, description: entry.description, field: entry.component }];
    if (entry.type !== 1) return [];
    return entry.components.map((field) => ({ label: field.label ?? "", description: undefined, field }));
  });
}

export function isNeeded(field: Field): boolean {
  return field.type !== 23 && field.required !== false;
}

export function givenAtFirst(field: Field): Given {
  switch (field.type) {
    case 4:
      return field.value ?? "";
    case 23:
      return field.default === true;
    case 19:
      return [];
    case 21:
      return field.options.find((option) => option.default === true)?.value ?? "";
    case 22:
      return field.options.filter((option) => option.default === true).map(({ value }) => value);
    default:
      return chosenAtFirst(field);
  }
}

/** What the server would not take. */
export function lackOf(field: Field, given: Given): Lack | undefined {
  if (typeof given === "boolean") return undefined;
  if (given.length === 0) return isNeeded(field) ? { key: "interactions.needed" } : undefined;
  if (typeof given === "string") return field.type === 4 && given.length < (field.min_length ?? 0) ? { key: "interactions.tooShort", n: field.min_length ?? 0 } : undefined;
  const { least, most } = listBounds(field);
  if (given.length < least) return { key: "interactions.tooFew", n: least };
  return given.length > most ? { key: "interactions.tooMany", n: most } : undefined;
}

/** How many are chosen, or brought. */
export function listBounds(field: Field): { readonly least: number; readonly most: number } {
  if (field.type === 22) return { least: field.min_values ?? Number(isNeeded(field)), most: field.max_values ?? field.options.length };
  return "min_values" in field || "max_values" in field ? boundsOf(field) : { least: Number(isNeeded(field)), most: 1 };
}

/** As the server reads it: each field by its name, wherever it stood. */
export function filledIn(asked: readonly Asked[], answers: Answers): readonly Record<string, unknown>[] {
  return asked.map(({ field: { type, custom_id } }) => {
    const given = answers[custom_id];
    const isList = typeof given === "object";
    return { type, custom_id, ...(isList ? { values: given } : given === "" && type !== 4 ? {} : { value: given }) };
  });
}
