import {
  type ClassBook,
  condenseFacts,
  DOCUMENT_CLASS_IDS,
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
}

/** Reads what a document says; pure, so that a thread that makes many of them reads them too. */
export function readPages(pages: readonly PageText[], ownNames: readonly string[], book: ClassBook): DocumentReading {
  const facts = readFacts(readDocumentText(pages), ownNames, book);
  const missing = DOCUMENT_CLASS_IDS.map((id) => [id, findMissingFacts(facts, id)] as const);
  return {
    facts: condenseFacts(facts),
    missing: Object.fromEntries(missing.filter(([, places]) => places.length > 0)),
  };
}
