/** What can go wrong with a request, as three classes a screen can tell apart. */

export interface FieldProblem {
  code: string;
  message: string;
}

/** One way to show that it is really oneself who asks; a passkey's has a challenge. */
export interface ProofMethod {
  readonly type: "totp" | "backup" | "webauthn" | "password";
  readonly challenge?: string;
}

/** What the server wants to see before it does something that could cost the account. */
export interface ProofWanted {
  readonly ticket: string;
  readonly methods: readonly ProofMethod[];
}

/** The server understood and said no. */
export class Refused extends Error {
  override name = "Refused";

  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly fields: Readonly<Record<string, FieldProblem>> = {},
    readonly wanted: ProofWanted | null = null,
  ) {
    super(message);
  }
}

/** The server asks us to wait. */
export class RateLimited extends Error {
  override name = "RateLimited";

  constructor(readonly seconds: number) {
    super(`wait ${seconds} s`);
  }
}

/** No answer, or none that this client can read. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

/** Whether it is what a request may come to; anything else is a mistake of the client's own. */
export function isExpected(problem: unknown): problem is Refused | RateLimited | Unreachable {
  return problem instanceof Refused || problem instanceof RateLimited || problem instanceof Unreachable;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Discord nests field errors by path and ends each path in `_errors`; we keep the first of each as "a.b". */
export function flatten(tree: unknown, path = ""): Record<string, FieldProblem> {
  if (!isRecord(tree)) return {};
  const found: Record<string, FieldProblem> = {};
  for (const [key, value] of Object.entries(tree)) {
    if (key !== "_errors") {
      Object.assign(found, flatten(value, path ? `${path}.${key}` : key));
    } else if (Array.isArray(value) && isRecord(value[0])) {
      found[path] = { code: text(value[0]["code"]), message: text(value[0]["message"]) };
    }
  }
  return found;
}

const DEFAULT_WAIT_S = 5;

function waitOf(body: Record<string, unknown>, headers: Headers): number {
  const told = Number(body["retry_after"] ?? headers.get("retry-after"));
  return Number.isFinite(told) && told > 0 ? told : DEFAULT_WAIT_S;
}

/** Read an answer that is not a 2xx into one of the classes above. */
export function toError(status: number, body: unknown, headers: Headers): Error {
  const read = isRecord(body) ? body : {};
  if (status === 429) return new RateLimited(waitOf(read, headers));
  if (status >= 500 || !isRecord(body)) return new Unreachable(`the server answered ${status}`);
  const wanted = isRecord(read["mfa"]) ? (read["mfa"] as unknown as ProofWanted) : null;
  return new Refused(status, Number(read["code"]) || 0, text(read["message"]), flatten(read["errors"]), wanted);
}
