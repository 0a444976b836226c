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

/** A file by its bytes, and by digests of the words of its pages; of a page that says next to nothing it is empty. */
export interface PaperFile {
  readonly digest: string;
  readonly pageWords: readonly string[];
}
export type PaperKnown = "same-file" | "same-words";

/** Whether a file is one of these again: the same bytes, or every page that says something is a page of one of them. */
export function findKnownPaper(paper: PaperFile, others: readonly PaperFile[]): PaperKnown | null {
  if (others.some(({ digest }) => digest === paper.digest)) return "same-file";
  const said = paper.pageWords.filter((words) => words !== "");
  const isIn = ({ pageWords }: PaperFile): boolean => said.every((words) => pageWords.includes(words));
  return said.length > 0 && others.some(isIn) ? "same-words" : null;
}

/**
 * What speaks against a file as a paper of a kind, whether it goes with an application or follows an emergency. `known`: the
 * request has it already, as its document or as another paper.
 */
export const listPaperFaults = (paper: {
  readonly kind: AttachmentKind;
  readonly fault: PaperFault | null;
  readonly known: PaperKnown | null;
}): Refusal[] => [
  ...(paper.fault === null ? [] : [refuse(`paper.${paper.fault}`, { attachments: paper.kind }, "C01")]),
  ...(paper.known === null ? [] : [refuse(`paper.${paper.known}`, { attachments: paper.kind }, "C01")]),
];

/** What speaks against the papers of an application, each held against its documents and the papers before it. */
export function listFaultyPapers(
  papers: readonly (PaperFile & { readonly kind: AttachmentKind; readonly fault: PaperFault | null })[],
  documents: readonly PaperFile[],
): Refusal[] {
  return papers.flatMap((paper, at) =>
    listPaperFaults({
      ...{ kind: paper.kind, fault: paper.fault },
      known: findKnownPaper(paper, [...documents, ...papers.slice(0, at)]),
    }),
  );
}
