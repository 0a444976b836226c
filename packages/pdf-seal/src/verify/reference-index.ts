import type { PdfFile } from "../reader/pdf-file.ts";
import { findEntry, type PdfValue } from "../reader/pdf-value.ts";

const VALUE_LIMIT = 20_000_000;
const NUMBER_LIMIT = 5_000_000;

/** More referrers than this are not told apart. */
const REFERRER_LIMIT = 64;
/** Stands for the trailer among referrers: no object has this number. */
export const TRAILER = 0;

/**
 * Under which keys, and from which objects, each object number is referred to, in all objects of the revisions read so
 * far. Superseded objects count too: the index may say too much, never too little, and so errs towards suspicion.
 */
export type ReferenceIndex = {
  /** Reads the objects a revision wrote. Revisions must be added from 0 upwards. */
  addRevision(revision: number): void;
  /** The keys that lead to the object; empty where nothing refers to it. */
  keysTo(number: number): ReadonlySet<string>;
  /** The numbers of the objects that refer to the object; null where they are too many to be told apart. */
  referrersOf(number: number): ReadonlySet<number> | null;
  /** True where there was too much to read; the answers are then incomplete. */
  isIncomplete(): boolean;
};

const NO_KEYS: ReadonlySet<string> = new Set();
const NO_REFERRERS: ReadonlySet<number> = new Set();

export function createReferenceIndex(file: PdfFile): ReferenceIndex {
  const known = new Map<number, { readonly keys: Set<string>; readonly referrers: Set<number> }>();
  let visited = 0;
  let numbersRead = 0;
  const note = (value: PdfValue, key: string, from: number, depth: number): void => {
    if (++visited > VALUE_LIMIT || depth > 100) return;
    switch (value.kind) {
      case "reference": {
        const target = known.get(value.number) ?? { keys: new Set(), referrers: new Set() };
        known.set(value.number, target);
        if (target.keys.size < 256) target.keys.add(key);
        if (target.referrers.size <= REFERRER_LIMIT) target.referrers.add(from);
        return;
      }
      case "array":
        for (const item of value.items) note(item, key, from, depth + 1);
        return;
      case "dictionary":
        for (const [name, entry] of value.entries) note(entry.value, name, from, depth + 1);
        return;
      case "stream":
        note(value.dictionary, key, from, depth + 1);
        return;
      default:
    }
  };
  return {
    addRevision(revision) {
      for (const section of file.revisions[revision]?.sections ?? []) {
        for (const key of ["Root", "Info", "Encrypt", "ID"]) {
          const value = findEntry(section.trailer, key);
          if (value !== null) note(value, key, TRAILER, 0);
        }
        for (const number of section.numbers()) {
          if (++numbersRead > NUMBER_LIMIT || visited > VALUE_LIMIT) return;
          const object = file.findObject(number, revision);
          if (object !== null) note(object.value, "", number, 0);
        }
      }
    },
    keysTo: (number) => known.get(number)?.keys ?? NO_KEYS,
    referrersOf: (number) => {
      const referrers = known.get(number)?.referrers ?? NO_REFERRERS;
      return referrers.size > REFERRER_LIMIT ? null : referrers;
    },
    isIncomplete: () => visited > VALUE_LIMIT || numbersRead > NUMBER_LIMIT || file.isExhausted,
  };
}
