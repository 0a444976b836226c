import type { FactDisagreement } from "./decisive-facts.ts";
import type { AttachmentKind } from "./rule-set.ts";

/** A file that was handed in as a paper which rules ask for. */
export interface PaperHandedIn {
  readonly evidenceId: string;
  readonly kind: AttachmentKind;
  readonly name: string;
  /** Whether its text calls it what it was handed in as; null where that cannot be told, as of a scan. */
  readonly named: boolean | null;
}

/**
 * Files in which nothing says that they are what they were handed in as: any text is accepted as a resolution otherwise
 * (C01). It is not refused, for a paper may call itself otherwise; a reviewer reads it and says so before anybody approves.
 * They are told beside the first document, as everything that speaks against an application is.
 */
export function listUnsaidPapers(papers: readonly PaperHandedIn[], documentId: string | undefined): FactDisagreement[] {
  if (documentId === undefined) return [];
  return papers.flatMap(({ evidenceId, kind, name, named }): FactDisagreement[] =>
    named === false
      ? [
          {
            ...{ fact: "paper", declared: "", read: kind, stricter: "read", documentId },
            ...{ key: [evidenceId, "paper", kind].join("|"), page: 0, text: name.slice(0, 200) },
            box: { x: 0, y: 0, width: 0, height: 0 },
          },
        ]
      : [],
  );
}
