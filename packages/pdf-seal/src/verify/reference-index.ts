import type { PdfFile } from "../reader/pdf-file.ts";
import { findEntry, type PdfValue } from "../reader/pdf-value.ts";

const VALUE_LIMIT = 20_000_000;
const NUMBER_LIMIT = 5_000_000;

/**
 * Under which keys each object number is referred to, in all objects of the revisions read so far. Superseded objects
 * count too: the index may say too much, never too little, and so errs towards suspicion.
 */
export type ReferenceIndex = {
  /** Reads the objects a revision wrote. Revisions must be added from 0 upwards. */
  addRevision(revision: number): void;
  /** The keys that lead to the object; empty where nothing refers to it. */
  keysTo(number: number): ReadonlySet<string>;
  /** True where there was too much to read; the answers are then incomplete. */
  isIncomplete(): boolean;
};

const NONE: ReadonlySet<string> = new Set();

export function createReferenceIndex(file: PdfFile): ReferenceIndex {
  const keys = new Map<number, Set<string>>();
  let visited = 0;
  let numbersRead = 0;
  const note = (value: PdfValue, key: string, depth: number): void => {
    if (++visited > VALUE_LIMIT || depth > 100) return;
    switch (value.kind) {
      case "reference": {
        const known = keys.get(value.number);
        if (known === undefined) keys.set(value.number, new Set([key]));
        else if (known.size < 256) known.add(key);
        return;
      }
      case "array":
        for (const item of value.items) note(item, key, depth + 1);
        return;
      case "dictionary":
        for (const [name, entry] of value.entries) note(entry.value, name, depth + 1);
        return;
      case "stream":
        note(value.dictionary, key, depth + 1);
        return;
      default:
    }
  };
  return {
    addRevision(revision) {
      for (const section of file.revisions[revision]?.sections ?? []) {
        for (const key of ["Root", "Info", "Encrypt", "ID"]) {
          const value = findEntry(section.trailer, key);
          if (value !== null) note(value, key, 0);
        }
        for (const number of section.numbers()) {
          if (++numbersRead > NUMBER_LIMIT || visited > VALUE_LIMIT) return;
          const object = file.findObject(number, revision);
          if (object !== null) note(object.value, "", 0);
        }
      }
    },
    keysTo: (number) => keys.get(number) ?? NONE,
    isIncomplete: () => visited > VALUE_LIMIT || numbersRead > NUMBER_LIMIT || file.isExhausted,
  };
}
