/** Why something was refused: a stable code for programs and one English sentence for people who look into it. */
export interface Refusal<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly detail: string;
}

/** A value, or the reason there is none. Bad input is a value of this type; a thrown error is a bug or a broken port. */
export type Outcome<Value, Code extends string> = { readonly ok: true; readonly value: Value } | Refusal<Code>;

export function succeed<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refuse<Code extends string>(code: Code, detail: string): Refusal<Code> {
  return { ok: false, code, detail };
}
