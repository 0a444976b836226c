import { closeSync, fsyncSync, openSync, renameSync, writeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { CommandFailure, exitCodes } from "./command.ts";

/** What a simulated box keeps over a power cut: its key, its enrolment, its flash and the drive's counters. */
export interface BoxState {
  /** PKCS #8, PEM. */
  readonly key: string;
  readonly answer: string;
  /** The newest certificate, DER, base64url; at first the one of the enrolment. */
  readonly certificate?: string;
  readonly flash: readonly (readonly [name: string, text: string])[];
  readonly counters: readonly number[];
  /** Radio tags of the seals in its slots; null where a slot is empty. */
  readonly tags?: readonly (string | null)[];
}

export async function readBoxState(file: string): Promise<BoxState | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as BoxState;
  } catch {
    throw new CommandFailure(exitCodes.failure, `state.unreadable: ${file}`);
  }
}

/**
 * For its owner alone: the key is in it. At once and whole: it is on the disk when this returns, and whoever is killed meanwhile
 * leaves the state of before. What a box has sent it has therefore kept, so that it never begins again from an older journal.
 */
export function writeBoxState(file: string, state: BoxState): void {
  const fresh = `${file}.new`;
  const opened = openSync(fresh, "w", 0o600);
  try {
    writeSync(opened, `${JSON.stringify(state)}\n`);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(fresh, file);
}
