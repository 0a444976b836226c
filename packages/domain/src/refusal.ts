import type { ControlId } from "./controls.ts";
import type { MessageCode } from "./messages.ts";

export type FactValue = string | number | boolean | null;

/** Why something may not be done: a stable code, the control it serves, today's facts. The sentence is in messages.ts. */
export interface Refusal {
  readonly code: MessageCode;
  readonly rule: ControlId | null;
  readonly facts: Readonly<Record<string, FactValue>>;
}

/** What a rule decided: events to apply, or every reason why not. */
export type Decision<E> =
  | { readonly ok: true; readonly events: readonly E[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

export function refuse(
  code: MessageCode,
  facts: Readonly<Record<string, FactValue>> = {},
  rule: ControlId | null = null,
): Refusal {
  return { code, rule, facts };
}
