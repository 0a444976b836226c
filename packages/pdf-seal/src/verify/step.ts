import type { PdfFile } from "../reader/pdf-file.ts";
import type { PdfObject } from "../reader/pdf-value.ts";
import type { LaterSeals } from "./later-seals.ts";
import type { Permissions } from "./permissions.ts";
import type { ReferenceIndex } from "./reference-index.ts";
import type { FormReader, WalkBudget } from "./signature-fields.ts";
import type { Reason } from "./verification.ts";

/** One incremental update after a seal, while it is being judged. */
export type Step = {
  readonly file: PdfFile;
  readonly before: number;
  readonly after: number;
  readonly permissions: Permissions;
  readonly references: ReferenceIndex;
  readonly budget: WalkBudget;
  readonly listNodes: FormReader;
  readonly laterSeals: LaterSeals;
  /** Object numbers whose meaning differs between the two revisions. */
  readonly changed: ReadonlyMap<number, { readonly old: PdfObject | null; readonly new: PdfObject | null }>;
  /** Numbers whose change a rule has looked at: it is allowed, or a reason says why not. */
  readonly cleared: Set<number>;
  /** Pages, whose every entry was compared; resources and structure elements that were seen to have grown only. */
  readonly judgedPages: Set<number>;
  readonly grown: Set<number>;
  /** Widgets of fields that were sealed or made in this update. */
  readonly sealWidgets: Set<number>;
  /** Annotations this update made, and those it took away, as far as the certifier permits it. */
  readonly newNotes: Set<number>;
  readonly removedNotes: Set<number>;
  readonly reasons: Reason[];
  /** Kinds of allowed changes met, as `change.*`. */
  readonly changes: Set<string>;
};

/** True where every key that leads to the object is one of the role's, so that the change can show nowhere else. */
export function hasOnlyRole(step: Step, number: number, keys: ReadonlySet<string> | RegExp): boolean {
  for (const key of step.references.keysTo(number)) {
    if (keys instanceof RegExp ? !keys.test(key) : !keys.has(key)) return false;
  }
  return true;
}

/** True where something refers to the object and nothing does but some objects, so that it can show nowhere else. */
export function isReferredOnlyBy(step: Step, number: number, holders: (number: number) => boolean): boolean {
  const referrers = step.references.referrersOf(number);
  return referrers !== null && referrers.size > 0 && [...referrers].every(holders);
}
