/** What a rule can be triggered by, what belongs to each, and how a rule is begun and sent. */
import { AtSign, ListX, MailWarning, TextSearch, UserRoundX } from "lucide";
import type { Drawing } from "../../../ui/icons";
import type { ActionInput, CreateRuleInput, Rule, Snowflake, TriggerMetadataInput } from "../../../wire/types";

export const TRIGGERS = ["words", "mentions", "spam", "lists", "profile"] as const;
export type TriggerName = (typeof TRIGGERS)[number];

export const BLOCK = 1;
export const ALERT = 2;
export const TIMEOUT = 3;
export const QUARANTINE = 4;
export type Effect = ActionInput["type"];

const ON_MESSAGE = 1;
const ON_MEMBER = 2;

interface Trigger {
  readonly type: CreateRuleInput["trigger_type"];
  readonly event: CreateRuleInput["event_type"];
  readonly icon: Drawing;
  /** So many rules of it a server may have. */
  readonly most: number;
  readonly effects: readonly Effect[];
  /** Whether it looks for words and patterns of one's own. */
  readonly hasWords: boolean;
  /** So many entries may be excepted. */
  readonly mostAllowed: number;
}

export const TRIGGER: Readonly<Record<TriggerName, Trigger>> = {
  words: { type: 1, event: ON_MESSAGE, icon: TextSearch, most: 6, effects: [BLOCK, ALERT, TIMEOUT], hasWords: true, mostAllowed: 100 },
  mentions: { type: 5, event: ON_MESSAGE, icon: AtSign, most: 1, effects: [BLOCK, ALERT, TIMEOUT], hasWords: false, mostAllowed: 0 },
  spam: { type: 3, event: ON_MESSAGE, icon: MailWarning, most: 1, effects: [BLOCK, ALERT], hasWords: false, mostAllowed: 0 },
  lists: { type: 4, event: ON_MESSAGE, icon: ListX, most: 1, effects: [BLOCK, ALERT], hasWords: false, mostAllowed: 1000 },
  profile: { type: 6, event: ON_MEMBER, icon: UserRoundX, most: 1, effects: [QUARANTINE, ALERT], hasWords: true, mostAllowed: 100 },
};

export const PRESETS = [1, 2, 3] as const;
export const MOST_MENTIONS = 50;
const MENTIONS = 20;

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
export const TIMEOUTS_S = [MINUTE_S, 5 * MINUTE_S, 10 * MINUTE_S, HOUR_S, DAY_S, 7 * DAY_S, 28 * DAY_S] as const;
const TIMEOUT_S = 10 * MINUTE_S;

/** What can be changed of a rule. */
export interface RuleValues {
  readonly name: string;
  readonly enabled: boolean;
  readonly trigger_metadata: TriggerMetadataInput;
  readonly actions: readonly ActionInput[];
  readonly exempt_roles: readonly Snowflake[];
  readonly exempt_channels: readonly Snowflake[];
}

export function isTrigger(name: string | undefined): name is TriggerName {
  return (TRIGGERS as readonly (string | undefined)[]).includes(name);
}

/** Undefined for what a newer server knows. */
export function triggerOf({ trigger_type }: Pick<Rule, "trigger_type">): TriggerName | undefined {
  return TRIGGERS.find((name) => TRIGGER[name].type === trigger_type);
}

export function valuesOf({ name, enabled, trigger_metadata, actions, exempt_roles, exempt_channels }: Rule): RuleValues {
  const { presets = [], ...rest } = trigger_metadata;
  const known = PRESETS.filter((preset) => presets.includes(preset));
  const metadata = trigger_metadata.presets === undefined ? rest : { ...rest, presets: known };
  return { name, enabled, trigger_metadata: metadata, actions: actions as readonly ActionInput[], exempt_roles, exempt_channels };
}

/** A rule as it is begun: it does what is least, and looks for nothing yet. */
export function begun(trigger: TriggerName, name: string): RuleValues {
  const metadata: Readonly<Record<TriggerName, TriggerMetadataInput>> = {
    words: { keyword_filter: [], regex_patterns: [], allow_list: [] },
    mentions: { mention_total_limit: MENTIONS, mention_raid_protection_enabled: false },
    spam: {},
    lists: { presets: PRESETS, allow_list: [] },
    profile: { keyword_filter: [], regex_patterns: [], allow_list: [] },
  };
  const [first = BLOCK] = TRIGGER[trigger].effects;
  return { name, enabled: true, trigger_metadata: metadata[trigger], actions: [actionOf(first)], exempt_roles: [], exempt_channels: [] };
}

/** An action as it is begun. */
export function actionOf(type: Effect): ActionInput {
  return { type, metadata: type === TIMEOUT ? { duration_seconds: TIMEOUT_S } : {} };
}

/** With an action or without it, in the order in which they are done. */
export function withAction(actions: readonly ActionInput[], type: Effect, isOn: boolean): readonly ActionInput[] {
  const rest = actions.filter((action) => action.type !== type);
  return isOn ? [...rest, actionOf(type)].sort((one, other) => one.type - other.type) : rest;
}

export function withMetadata(actions: readonly ActionInput[], type: Effect, metadata: NonNullable<ActionInput["metadata"]>): readonly ActionInput[] {
  return actions.map((action) => (action.type === type ? { type, metadata: { ...action.metadata, ...metadata } } : action));
}

const MOST_PATTERNS = 10;
const MOST_ACTIONS = 5;

/** The fields of the form that say themselves what is wrong with them, as the server calls them. */
export const FIELDS: readonly string[] = [
  "name",
  "actions",
  ...["keyword_filter", "regex_patterns", "allow_list", "presets"].map((field) => `trigger_metadata.${field}`),
  ...Array.from({ length: MOST_PATTERNS }, (_, place) => `trigger_metadata.regex_patterns.${place}`),
  ...Array.from({ length: MOST_ACTIONS }, (_, place) => `actions.${place}.metadata`).flatMap((at) => [`${at}.channel_id`, `${at}.duration_seconds`, `${at}.custom_message`]),
];
