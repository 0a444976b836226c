/** Why something was refused: a stable code `subject.reason` for programs and one English sentence for people. */
export type Refusal<Code extends string> = { readonly ok: false; readonly code: Code; readonly detail: string };

/** A value, or the reason there is none. Bad input is a value of this type; a thrown error is a bug or a broken port. */
export type Outcome<Value, Code extends string> = { readonly ok: true; readonly value: Value } | Refusal<Code>;

/** The answer of a verification that yields nothing but its verdict. */
export type Verdict<Code extends string> = { readonly ok: true } | Refusal<Code>;

export const accepted: { readonly ok: true } = { ok: true };

export function succeed<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refuse<Code extends string>(code: Code, detail: string): Refusal<Code> {
  return { ok: false, code, detail };
}
