import type { TableRow } from "./decision-table.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { AttachmentKind, RuleSet, ScopeOutput } from "./rule-set.ts";
import type { LocalName } from "./vocabulary.ts";

/** A paper that rules ask for, and why they do: in their own words, those of each row that asks for it. */
export interface AskedPaper {
  readonly kind: AttachmentKind;
  readonly reasons: readonly LocalName[];
}

/** The papers that the rows ask for which fired on the seals of a request. */
export function listAskedPapers(scope: RuleSet["scope"], fired: Readonly<Record<string, string>>): AskedPaper[] {
  const rows = new Set(Object.values(fired));
  const asking = scope.rows.filter(({ rowId, output }) => rows.has(rowId) && output.answer === "ask");
  const kinds = new Set(asking.flatMap(({ output }) => output.attachments));
  return [...kinds].map((kind) => ({ kind, reasons: asking.filter((row) => asksFor(row, kind)).map(sayReason) }));
}
const asksFor = ({ output }: TableRow<ScopeOutput>, kind: AttachmentKind): boolean => output.attachments.includes(kind);
const sayReason = ({ reason }: TableRow<ScopeOutput>): LocalName => ({ ...reason });

/** What a file is that cannot be a paper, before anybody reads it. */
export type PaperFault = "not-readable" | "blank";

/**
 * What speaks against a file as a paper of a kind, whether it goes with an application or follows an emergency. `known`: the
 * request has these very bytes already, as its document or as another paper.
 */
export const listPaperFaults = (paper: {
  readonly kind: AttachmentKind;
  readonly fault: PaperFault | null;
  readonly known: boolean;
}): Refusal[] => [
  ...(paper.fault === null ? [] : [refuse(`paper.${paper.fault}`, { attachments: paper.kind }, "C01")]),
  ...(paper.known ? [refuse("paper.same-file", { attachments: paper.kind }, "C01")] : []),
];

/** What speaks against the papers of an application, each held against its documents and the papers before it. */
export function listFaultyPapers(
  papers: readonly { readonly kind: AttachmentKind; readonly digest: string; readonly fault: PaperFault | null }[],
  documents: readonly string[],
): Refusal[] {
  const seen = new Set(documents);
  return papers.flatMap(({ kind, digest, fault }) => {
    const known = seen.has(digest);
    seen.add(digest);
    return listPaperFaults({ kind, fault, known });
  });
}
