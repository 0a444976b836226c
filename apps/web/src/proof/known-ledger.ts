/** What this browser remembers of the ledger from visit to visit, because a server cannot be asked to remember against itself. */
export interface KnownLedger {
  /** The verifier key (C2SP vkey), and since when this browser has it. */
  readonly key: string;
  readonly keySince: string;
  /** When the reader compared it with a key that he had by another way; null before. */
  readonly comparedAt: string | null;
  /** The newest checkpoint that this browser verified, word for word. */
  readonly note: string;
  readonly size: number;
  readonly seenAt: string;
  /** The last signed checkpoint that did not fit, kept as evidence. */
  readonly conflict: LedgerConflict | null;
}

export interface LedgerConflict {
  readonly code: string;
  readonly key: string;
  readonly note: string;
  readonly at: string;
}

/** Where it is kept; a browser without storage forgets it at the end of the page. */
export interface LedgerMemory {
  readonly read: () => KnownLedger | null;
  readonly write: (known: KnownLedger | null) => void;
}

const place = "chancery.ledger";

/** The browser's own storage; text that is not ours counts as nothing. */
export function openLedgerMemory(storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">): LedgerMemory {
  let kept: KnownLedger | null | undefined;
  return {
    read: () => {
      // Another tab may have seen more: storage is read each time.
      try {
        kept = parseKnownLedger(storage().getItem(place));
      } catch {
        kept ??= null;
      }
      return kept;
    },
    write: (known) => {
      kept = known;
      try {
        if (known === null) storage().removeItem(place);
        else storage().setItem(place, JSON.stringify(known));
      } catch {
        // A private window may refuse: what was seen then holds for this page alone.
      }
    },
  };
}

/** Reads what `openLedgerMemory` wrote; null for anything else. */
export function parseKnownLedger(text: string | null): KnownLedger | null {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "null");
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const known = value as Partial<Record<keyof KnownLedger, unknown>>;
  const texts = [known.key, known.keySince, known.note, known.seenAt];
  if (!texts.every((part) => typeof part === "string") || !Number.isSafeInteger(known.size)) return null;
  const { comparedAt = null, conflict = null } = known;
  if (comparedAt !== null && typeof comparedAt !== "string") return null;
  return { ...(value as KnownLedger), comparedAt, conflict: isConflict(conflict) ? conflict : null };
}

function isConflict(value: unknown): value is LedgerConflict {
  if (typeof value !== "object" || value === null) return false;
  const { code, key, note, at } = value as Partial<Record<keyof LedgerConflict, unknown>>;
  return [code, key, note, at].every((part) => typeof part === "string");
}
