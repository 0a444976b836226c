/** Why something was refused: a stable code `subject.reason` for programs and one English sentence for people. */
export type PkiError = { readonly ok: false; readonly code: string; readonly detail: string };

/** A value, or the reason there is none. Bad input is a value of this type; a thrown error is a bug. */
export type PkiOutcome<Value> = { readonly ok: true; readonly value: Value } | PkiError;

/**
 * One thing a verification found. `failure` decides against the object, `undecided` means it could not be decided,
 * `note` is worth reading (a weak algorithm, for instance) but decides nothing.
 */
export type PkiFinding = {
  readonly code: string;
  readonly severity: "failure" | "undecided" | "note";
  readonly detail: string;
};

export function succeed<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refuse(code: string, detail: string): PkiError {
  return { ok: false, code, detail };
}

/** Thrown inside one parse only and turned into a PkiError by `attempt`, so that a structure is read without a check per field. */
class Refused extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

export function fail(code: string, detail: string): never {
  throw new Refused(code, detail);
}

/** Runs a parse and turns what `fail` threw into a value; every other error is a bug and passes. */
export function attempt<Value>(parse: () => Value): PkiOutcome<Value> {
  try {
    return succeed(parse());
  } catch (error) {
    if (error instanceof Refused) return refuse(error.code, error.message);
    throw error;
  }
}

export function unwrap<Value>(outcome: PkiOutcome<Value>): Value {
  return outcome.ok ? outcome.value : fail(outcome.code, outcome.detail);
}
