/** Why the embedded server was not started. `message` is a sentence or two for the person at the console. */
export interface StartRefusal {
  readonly ok: false;
  readonly code: StartRefusalCode;
  readonly message: string;
  /** Address of the instance that is running already, where it has told one. */
  readonly url?: string;
}

/** Stable codes of the refusals of the embedded server. */
export type StartRefusalCode =
  | "postgres.no-binaries"
  | "postgres.socket-path-too-long"
  | "postgres.folder-not-writable"
  | "postgres.folder-not-private"
  | "postgres.data-of-another-user"
  | "postgres.data-not-reachable"
  | "postgres.data-version"
  | "postgres.data-held"
  | "postgres.init-failed"
  | "postgres.start-failed"
  | "instance.already-running";

/** Makes a refusal. */
export function refuse(code: StartRefusalCode, message: string): StartRefusal {
  return { ok: false, code, message };
}
