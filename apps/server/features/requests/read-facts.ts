import { createHash } from "node:crypto";
import {
  asShown,
  type ClassBook,
  condenseFacts,
  DOCUMENT_CLASS_IDS,
  type DocumentText,
  type FactsRead,
  findMissingFacts,
  type PageText,
  readDocumentText,
  readFacts,
  type StarterClassId,
  type UnfinishedPlace,
} from "@chancery/domain";

/** What a document says of itself, and by starter class what it ought to say and does not. */
export interface DocumentReading {
  readonly facts: FactsRead;
  readonly missing: Readonly<Partial<Record<StarterClassId, readonly UnfinishedPlace[]>>>;
  /** What each page says, as a digest. */
  readonly pageWords: readonly string[];
}

/** Reads what a document says; pure, so that a thread that makes many of them reads them too. */
export function readPages(pages: readonly PageText[], ownNames: readonly string[], book: ClassBook): DocumentReading {
  const text = readDocumentText(asShown(pages));
  const facts = readFacts(text, ownNames, book);
  const missing = DOCUMENT_CLASS_IDS.map((id) => [id, findMissingFacts(facts, id)] as const);
  return {
    facts: condenseFacts(facts),
    missing: Object.fromEntries(missing.filter(([, places]) => places.length > 0)),
    pageWords: digestPageWords(text),
  };
}

/** A page with fewer characters says too little to be told from another. */
const leastSaid = 20;

/** Digests of what the pages say, whatever their spaces, capitals, fonts and bytes; empty of one that says next to nothing. */
export function digestPageWords({ pages }: DocumentText): string[] {
  return pages.map(({ words }) => {
    const said = words
      .map(({ text }) => text)
      .join("")
      .toLowerCase();
    return said.length < leastSaid ? "" : createHash("sha256").update(said).digest("base64url");
  });
}
