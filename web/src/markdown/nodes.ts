/** What a parsed message is made of: a tree of plain values that can be kept, compared and sent to a worker. */

export type TimeStyle = "t" | "T" | "d" | "D" | "f" | "F" | "R" | "s" | "S";

export type Span = "strong" | "em" | "u" | "strike" | "spoiler";

export type Node =
  /** Line breaks are `\n` in the text. */
  | { readonly type: "text"; readonly text: string }
  | { readonly type: Span | "subtext" | "quote"; readonly children: readonly Node[] }
  | { readonly type: "heading"; readonly level: 1 | 2 | 3; readonly children: readonly Node[] }
  /** `start` is the first number, or null where the items have bullets. */
  | { readonly type: "list"; readonly start: number | null; readonly items: readonly (readonly Node[])[] }
  | { readonly type: "code"; readonly text: string }
  | { readonly type: "fence"; readonly language: string; readonly text: string }
  | {
      readonly type: "link";
      readonly url: string;
      readonly title: string;
      /** False where the author asked for no preview, by `<` and `>`. */
      readonly preview: boolean;
      readonly children: readonly Node[];
    }
  | { readonly type: "url"; readonly url: string; readonly preview: boolean }
  | { readonly type: "user" | "role" | "channel"; readonly id: string }
  | { readonly type: "everyone" | "here" }
  /** A place of the guild that is no channel: `guide`, `browse`, `customize`, `linked-roles`. */
  | { readonly type: "place"; readonly place: string; readonly id: string }
  | { readonly type: "command"; readonly name: string; readonly id: string }
  | { readonly type: "emoji"; readonly name: string; readonly id: string; readonly animated: boolean }
  | { readonly type: "unicode"; readonly emoji: string }
  /** `at` is in seconds since 1970. */
  | { readonly type: "time"; readonly at: number; readonly style: TimeStyle };
