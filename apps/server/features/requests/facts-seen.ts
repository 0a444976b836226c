import {
  baseOfClass,
  type ClassBook,
  type DecisiveFacts,
  type DeclaredForUse,
  type DocumentClassId,
  type DocumentSeen,
  decideFacts,
  decideSeriesFacts,
  differsInWordsAlone,
  type FactDisagreement,
  type FactsRead,
  type FilledField,
  isOpen,
  listDisagreements,
  listSeriesDisagreements,
  listUnsaidPapers,
  type PaperHandedIn,
  type SeriesDocumentSeen,
  type TemplateComparison,
  type UnfinishedPlace,
  withOwnNames,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { type ClassPins, makeBook, readClassVersions, starterVersions } from "../document-classes/class-rows.ts";
import type { LoadedSeries } from "../document-series/series-of-request.ts";
import { readRulesInForce } from "../rules/read-rules.ts";
import { isEmptyShelf } from "../templates/shelf.ts";
import type { DocumentReading } from "./read-facts.ts";
import { isEditable, type RequestSurroundings } from "./request-row.ts";

export interface FollowedTemplate {
  readonly documentId: string;
  readonly versionId: string;
  readonly documentClass: DocumentClassId;
  readonly name: { readonly en: string; readonly zh: string };
  readonly number: number;
  readonly verdict: "same" | "same-but-fields" | "changed";
  readonly fields: number;
  readonly differences: number;
  /** It is the template's but for fields of several parts, which are read; not there in what was seen before there were any. */
  readonly toRead?: boolean;
  /** Of the differences those of layout alone; not there in what was seen before they were counted, and where there is none. */
  readonly layout?: number;
  /** What its fields are filled with, for whoever decides; not there in what was seen before this was kept. */
  readonly values?: readonly { readonly name: string; readonly text: string; readonly anyWords?: boolean }[];
  /** Where they stand; not there in what was seen before this was kept. */
  readonly filled?: readonly FilledField[];
}
export interface FactAnswer {
  readonly key: string;
  readonly reason: string;
}
export interface FactRuling {
  readonly key: string;
  readonly ruling: "declared" | "document";
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

/** What the documents of a request say, held against what it declares. */
export interface FactsSeen {
  readonly decisive: DecisiveFacts;
  readonly disagreements: readonly FactDisagreement[];
  readonly templates: readonly FollowedTemplate[];
  /** The version of each class it was judged by; requests from before classes had versions keep the product's. */
  readonly classes?: ClassPins;
  /** Only the applicant's word lets it pass: a reviewer has to settle each before anybody approves. */
  readonly blocking: boolean;
}
export interface RequestFactsView {
  readonly declared: DeclaredForUse;
  readonly documents: readonly DocumentSeen[];
  readonly seen: FactsSeen;
  /** Classes as they are in a draft, or as they were when it was submitted. */
  readonly classes: ClassBook;
  readonly rulings: readonly FactRuling[];
  readonly answers: readonly FactAnswer[];
  /** Disagreements that a reviewer settled for the application. */
  readonly settled: ReadonlySet<string>;
  /** Documents that were not compared with the templates of now yet. */
  readonly notCompared: number;
  readonly missing: ReadonlyMap<string, DocumentReading["missing"]>;
}

interface Row {
  readonly request_id: string;
  readonly state: string;
  readonly entity_id: string | null;
  readonly document_class: string | null;
  readonly external: boolean;
  readonly counterparty: string;
  readonly amount: string | null;
  readonly currency: string;
  readonly facts_seen: Record<string, unknown> | null;
  readonly fact_answers: unknown[];
  readonly round: number;
}

const followsAsItIs: ReadonlySet<string> = new Set(["same", "same-but-fields"]);

/** What a document of a request says of itself; null where it was not read yet, its facts also where they decide nothing now. */
interface ReadingAtHand {
  readonly documentId: string;
  readonly missing: DocumentReading["missing"] | null;
  readonly facts: FactsRead | null;
}

/** What the documents say, what was declared, what reviewers settled: as it was submitted, or as it is now in a draft. */
export async function readFactsSeen(
  reader: Reader,
  row: Row,
  around: RequestSurroundings,
  series: LoadedSeries | null,
  readings: readonly ReadingAtHand[],
  papers: readonly PaperHandedIn[],
): Promise<RequestFactsView> {
  const declared: DeclaredForUse = {
    ...{ documentClass: (row.document_class ?? "other") as DocumentClassId, external: row.external },
    counterparty: row.counterparty === "" ? null : row.counterparty,
    amountMinor: row.amount === null ? null : Math.round(Number(row.amount) * 100),
    currency: row.currency,
  };
  // A ruling holds for its round: after a return the stricter decides again, whoever it was that objected.
  const isOpen = isEditable(row.state);
  const rulings = around.ruled && !isOpen ? await readRulings(reader, row.request_id, row.round) : [];
  const settled = new Set(rulings.flatMap(({ key, ruling }) => (ruling === "declared" ? [key] : [])));
  const answers = row.fact_answers as FactAnswer[];
  const missing = new Map(readings.flatMap((one) => (one.missing ? [[one.documentId, one.missing] as const] : [])));
  const kept = isOpen ? null : (row.facts_seen as unknown as FactsSeen | null);
  const versions = around.hasClasses ? await readClassVersions(reader) : starterVersions;
  if (kept || !isOpen) {
    const pins =
      kept?.classes ?? pinClasses(makeBook(versions, { [declared.documentClass]: 1 }), [declared.documentClass]);
    const classes = makeBook(versions, pins);
    const seen = kept ?? beforeFacts(declared, classes);
    return { declared, documents: [], seen, classes, rulings, answers, settled, notCompared: 0, missing };
  }
  const classes = makeBook(versions);
  const documentIds = readings.map(({ documentId }) => documentId);
  const { templates, notCompared } = await readFollowed(reader, around.shelf, documentIds);
  const documents = readings.map(({ documentId, facts: found }): DocumentSeen => {
    const facts = found ? withOwnNames(found, around.ownNames) : null;
    return { documentId, facts, template: templates.find((one) => one.documentId === documentId) ?? null };
  });
  const ofLines = documents.map((document): SeriesDocumentSeen => {
    const line = series?.lines.get(document.documentId);
    return { ...document, counterparty: line?.counterparty ?? "", amountMinor: line?.amountMinor ?? null };
  });
  // Rates are asked for only where a document names another currency than the application.
  const money = documents.some(({ facts }) => facts !== null && namesOther(facts, declared.currency))
    ? (await readRulesInForce(reader)).rules
    : undefined;
  const differing = series
    ? listSeriesDisagreements(declared, ofLines, classes, money, around.house)
    : listDisagreements(declared, documents, classes, money, around.house);
  const disagreements = row.document_class === null ? [] : [...differing, ...listUnsaidPapers(papers, documentIds[0])];
  const decisive = series
    ? decideSeriesFacts(declared, ofLines, disagreements, settled, classes, money)
    : decideFacts(declared, documents, disagreements, settled, classes, money);
  const pins = pinClasses(classes, [declared.documentClass, decisive.documentClass]);
  // Documents of a series follow one template: it is told once, and besides which of them does not.
  const followed = series
    ? templates
        .filter(({ verdict, toRead }, at) => at === 0 || !(followsAsItIs.has(verdict) || toRead))
        .map((one) => ({ ...one, values: [], filled: [] }))
    : templates;
  const seen = { decisive, disagreements, templates: followed, classes: pins, blocking: false };
  return { declared, documents, seen, classes, rulings, answers, settled, notCompared, missing };
}

const namesOther = ({ amounts }: FactsRead, declared: string): boolean =>
  amounts.some(({ currency }) => currency !== null && currency !== declared);

/** The versions of classes that something is judged by. */
const pinClasses = (book: ClassBook, ids: readonly DocumentClassId[]): ClassPins =>
  Object.fromEntries(ids.flatMap((id) => (book.has(id) ? [[id, book.get(id)?.version ?? 1]] : [])));

/** Of requests that were submitted before documents were read: what was declared decides. */
const beforeFacts = (declared: DeclaredForUse, classes: ClassBook): FactsSeen => ({
  decisive: decideFacts(declared, [], [], new Set(), classes),
  ...{ disagreements: [], templates: [], blocking: false },
});

async function readRulings(reader: Reader, requestId: string, round: number): Promise<FactRuling[]> {
  const rows = await reader
    .selectFrom("request_fact_rulings")
    .selectAll()
    .where("request_id", "=", requestId)
    .where("round", "=", round)
    .orderBy("ruled_at")
    .execute();
  return rows.map((one) => ({
    ...{ key: one.key, ruling: one.ruling as FactRuling["ruling"], reason: one.reason },
    ...{ by: one.ruled_by, at: one.ruled_at.toISOString() },
  }));
}

async function readFollowed(
  reader: Reader,
  shelf: string,
  documentIds: readonly string[],
): Promise<{ templates: FollowedTemplate[]; notCompared: number }> {
  if (isEmptyShelf(shelf)) return { templates: [], notCompared: 0 };
  const rows = await reader
    .selectFrom("document_comparisons as c")
    .leftJoin("template_versions as v", "v.version_id", "c.version_id")
    .select(["c.document_id", "c.version_id", "c.verdict", "c.comparison"])
    .select(["v.document_class", "v.name_en", "v.name_zh", "v.number"])
    .where("c.shelf", "=", shelf)
    .where("c.document_id", "in", ["", ...documentIds])
    .execute();
  const templates = rows.flatMap((row): FollowedTemplate[] => {
    if (row.version_id === null || row.document_class === null) return [];
    const comparison = row.comparison as unknown as TemplateComparison | null;
    return [
      {
        ...{ documentId: row.document_id, versionId: row.version_id, number: row.number ?? 0 },
        ...{
          documentClass: row.document_class as DocumentClassId,
          name: { en: row.name_en ?? "", zh: row.name_zh ?? "" },
        },
        verdict: row.verdict as FollowedTemplate["verdict"],
        fields: comparison?.fields.length ?? 0,
        differences: comparison ? countDifferences(comparison) : 1,
        ...(comparison && differsInWordsAlone(comparison) ? { toRead: true } : {}),
        ...countLayout(comparison),
        values: listValues(comparison),
        filled: listFilled(comparison),
      },
    ];
  });
  const nr = new Map(documentIds.map((id, at) => [id, at]));
  templates.sort((a, b) => (nr.get(a.documentId) ?? 0) - (nr.get(b.documentId) ?? 0));
  return { templates, notCompared: documentIds.length - rows.length };
}

/** A value is a value: what is longer is shown beside the page. */
const longestValue = 200;
const mostValues = 100;
const listValues = (comparison: TemplateComparison | null): NonNullable<FollowedTemplate["values"]> =>
  (comparison?.fields ?? [])
    .filter(({ text }) => text.trim() !== "")
    .slice(0, mostValues)
    .map(({ name, kind, text }) => ({
      ...{ name, text: text.slice(0, longestValue) },
      ...(kind === undefined ? {} : { anyWords: kind === "text" || kind === "words" }),
    }));

const countLayout = (comparison: TemplateComparison | null): { layout?: number } => {
  const layout = comparison?.differences.filter(
    ({ kind, template, document }) => kind === "layout" && template.text !== "" && template.text === document.text,
  );
  return layout && layout.length > 0 ? { layout: layout.length } : {};
};

const mostFilled = 400;
const listFilled = (comparison: TemplateComparison | null): FilledField[] =>
  (comparison?.fields ?? [])
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .slice(0, mostFilled)
    .map(({ page, box }) => ({ page, box }));

/** A page that came, went or stands elsewhere is one difference, like a passage. */
export const countDifferences = ({ differences, pages }: TemplateComparison): number =>
  differences.length + pages.inserted.length + pages.removed.length + pages.swapped.length;

/** Disagreements that decide against the application until somebody settles them for it. */
export const listOpen = ({ seen, settled }: Pick<RequestFactsView, "seen" | "settled">): FactDisagreement[] =>
  seen.disagreements.filter((one) => isOpen(one, settled));

const statedFacts: readonly string[] = ["missing-party", "missing-amount", "missing-date"];

/**
 * What a document of the deciding class ought to say. A contract may come with an annex: a party, an amount or a date that
 * one of the documents names is not asked of the others.
 */
export function listMissingPlaces(
  { seen, missing }: Pick<RequestFactsView, "seen" | "missing">,
  documentIds: readonly string[],
): ReadonlyMap<string, readonly UnfinishedPlace[]> {
  const placesOf = (documentId: string): readonly UnfinishedPlace[] =>
    missing.get(documentId)?.[baseOfClass(seen.decisive.documentClass)] ?? [];
  const isNowhere = (kind: string): boolean =>
    documentIds.every((id) => placesOf(id).some((place) => place.kind === kind));
  const [first] = documentIds;
  return new Map(
    documentIds.map((id) => [
      id,
      placesOf(id).filter(({ kind }) => !statedFacts.includes(kind) || (id === first && isNowhere(kind))),
    ]),
  );
}
