import type { RouteAnswer } from "../../api.ts";
import { type Place, type SizeMm, toTenth } from "../requests/placement.ts";

export type UploadedFile = RouteAnswer<"POST /v1/documents">;
export type UnfinishedPlace = UploadedFile["unfinished"][number];
export type DocumentClassId = RouteAnswer<"GET /v1/document-classes">["items"][number]["documentClass"];

export type UseMode = RouteAnswer<"GET /v1/seal-use-requests/:requestId">["useMode"];
type RequestDetail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;
export type CounterpartyKind = NonNullable<RequestDetail["counterpartyKind"]>;
export type Paper = RequestDetail["attachments"][number];

/** What the application is about, as typed; empty where nothing is typed yet. */
export interface DraftFacts {
  readonly entityId: string | null;
  readonly title: string;
  readonly documentClass: DocumentClassId | null;
  readonly external: boolean;
  readonly counterparty: string;
  readonly counterpartyKind: CounterpartyKind | null;
  /** Papers that go with it, by what they are. */
  readonly papers: readonly Paper[];
  /** Reasons for what is asked about the request, by the question. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly amount: string;
  readonly currency: string;
  readonly purpose: string;
  readonly wantedBy: string;
  readonly validUntil: string;
  readonly handlerId: string | null;
  /** By their keys, or pressed on paper: then on how many copies, as typed, and why on paper. */
  readonly useMode: UseMode;
  readonly copies: string;
  readonly paperReason: string;
  /** Foreign paper: who printed it; null where it is printed here. */
  readonly paperPrintedBy: string | null;
  /** The standing authorisation it is used under; null where it is to be approved. */
  readonly standingId: string | null;
  /** The series whose documents it is for; then the one document here is the first of them. */
  readonly seriesId: string | null;
  /** Why it can not wait; null for an ordinary use. */
  readonly emergency: string | null;
  /** The other entity that seals the same papers, and the unit there that answers for it. */
  readonly joint: { readonly entityId: string; readonly unitId: string | null } | null;
  /** Once it was submitted, whose the other side is stays. */
  readonly jointFixed: boolean;
  /** Why only its readers open it, and whom the applicant names; null where nobody is kept out. */
  readonly confidential: { readonly reason: string; readonly readers: readonly string[] } | null;
  /** Once it was submitted it stays confidential, or not. */
  readonly confidentialFixed: boolean;
  /** Why it is as declared where a document says another thing, by the key of the disagreement. */
  readonly factAnswers: Readonly<Record<string, string>>;
}
/** One impression to be made. Its key lives only here: the server names places anew with every save. */
export interface PlacedSeal extends Place {
  readonly key: string;
  readonly sealId: string;
  readonly page: number;
}
export interface DraftDocument {
  readonly file: UploadedFile;
  readonly placed: readonly PlacedSeal[];
  /** Reasons for unfinished places, by place. */
  readonly answers: Readonly<Record<string, string>>;
}
/** A draft under work. What is typed has the browser's own undo; documents and places are undone here. */
export interface Draft {
  readonly facts: DraftFacts;
  readonly documents: readonly DraftDocument[];
  readonly past: readonly (readonly DraftDocument[])[];
  /** Changes under one mark (a drag, a row of key presses, a reason being typed) are one step to undo. */
  readonly mark: string | null;
  readonly nextKey: number;
}
export type NewPlace = Omit<PlacedSeal, "key">;
/**
 * What another class makes of the confidentiality of an application: its default, with the class as the reason, unless the
 * applicant wrote a reason of his own or named readers. `was` and `will` are the reasons by the class before and after.
 */
export function confideByClass(
  { confidential, confidentialFixed }: Pick<DraftFacts, "confidential" | "confidentialFixed">,
  was: string | undefined,
  will: string | null,
): Partial<Pick<DraftFacts, "confidential">> {
  const isOwn = confidential !== null && (confidential.reason !== was || confidential.readers.length > 0);
  if (confidentialFixed || isOwn) return {};
  return { confidential: will === null ? null : { reason: will, readers: [] } };
}

export type DraftAction =
  | { readonly type: "fact"; readonly change: Partial<DraftFacts> }
  | { readonly type: "add-document"; readonly file: UploadedFile }
  | { readonly type: "replace-document"; readonly documentId: string; readonly file: UploadedFile }
  | { readonly type: "remove-document"; readonly documentId: string }
  | { readonly type: "place"; readonly documentId: string; readonly places: readonly NewPlace[] }
  | {
      readonly type: "move";
      readonly key: string;
      readonly to: Partial<Place & { readonly page: number }>;
      readonly mark?: string;
    }
  | { readonly type: "remove-place"; readonly key: string }
  | {
      readonly type: "swap-seal";
      readonly from: string;
      readonly to: string;
      readonly sizes: readonly [SizeMm, SizeMm];
    }
  | { readonly type: "answer"; readonly documentId: string; readonly placeId: string; readonly reason: string }
  /** What the check found a document to lack, once it knows what the document is. */
  | { readonly type: "reading"; readonly documentId: string; readonly unfinished: readonly UnfinishedPlace[] }
  /** Documents made from a list in the place of those that were handed in, or none any more. */
  | {
      readonly type: "series";
      readonly seriesId: string | null;
      readonly file: UploadedFile | null;
      readonly change: Partial<DraftFacts>;
    }
  | { readonly type: "undo" }
  | { readonly type: "load"; readonly draft: Draft };

const MOST_STEPS_BACK = 100;
/** The server's own limit. */
const MOST_COPIES = 300;

export const EMPTY_FACTS: DraftFacts = {
  entityId: null,
  title: "",
  documentClass: null,
  external: true,
  counterparty: "",
  counterpartyKind: null,
  papers: [],
  reasons: {},
  amount: "",
  currency: "CNY",
  purpose: "",
  wantedBy: "",
  validUntil: "",
  handlerId: null,
  useMode: "electronic",
  copies: "1",
  paperReason: "",
  paperPrintedBy: null,
  emergency: null,
  standingId: null,
  joint: null,
  jointFixed: false,
  confidential: null,
  confidentialFixed: false,
  seriesId: null,
  factAnswers: {},
};

/** A draft with nothing in it. */
export function makeDraft(facts: Partial<DraftFacts> = {}, documents: readonly DraftDocument[] = []): Draft {
  return { facts: { ...EMPTY_FACTS, ...facts }, documents, past: [], mark: null, nextKey: countPlaced(documents) };
}

/** The draft after an act. An act that changes nothing gives the same draft. */
export function changeDraft(draft: Draft, action: DraftAction): Draft {
  const { documents } = draft;
  switch (action.type) {
    case "fact":
      return { ...draft, facts: { ...draft.facts, ...action.change } };
    case "add-document": {
      const title = draft.facts.title === "" ? titleFrom(action.file.name) : draft.facts.title;
      return { ...remember(draft, [...documents, openDocument(action.file)]), facts: { ...draft.facts, title } };
    }
    case "replace-document":
      return remember(draft, replaceDocument(documents, action.documentId, action.file));
    case "remove-document":
      return remember(
        draft,
        documents.filter((document) => document.file.documentId !== action.documentId),
      );
    case "place": {
      const placed = action.places.map((place, at) => ({ ...place, key: `p${draft.nextKey + at}` }));
      const changed = changeDocument(documents, action.documentId, (document) => ({
        ...document,
        placed: [...document.placed, ...placed],
      }));
      return { ...remember(draft, changed), nextKey: draft.nextKey + placed.length };
    }
    case "move":
      return remember(
        draft,
        changePlaced(documents, (placed) => (placed.key === action.key ? { ...placed, ...action.to } : placed)),
        action.mark ?? null,
      );
    case "remove-place":
      return remember(
        draft,
        documents.map((document) => ({
          ...document,
          placed: document.placed.filter((placed) => placed.key !== action.key),
        })),
      );
    case "swap-seal":
      return remember(
        draft,
        changePlaced(documents, (placed) =>
          placed.sealId === action.from ? { ...keepCentre(placed, action.sizes), sealId: action.to } : placed,
        ),
      );
    case "answer":
      return remember(
        draft,
        changeDocument(documents, action.documentId, (document) => ({
          ...document,
          answers: { ...document.answers, [action.placeId]: action.reason },
        })),
        `answer ${action.documentId} ${action.placeId}`,
      );
    case "reading":
      return readAnew(draft, action.documentId, action.unfinished);
    case "series":
      // What was handed in before does not come back beside a series: there is nothing to undo.
      return {
        ...draft,
        facts: { ...draft.facts, ...action.change, seriesId: action.seriesId },
        documents: action.file ? [openDocument(action.file)] : [],
        ...{ past: [], mark: null },
      };
    case "undo": {
      const before = draft.past.at(-1);
      return before ? { ...draft, documents: before, past: draft.past.slice(0, -1), mark: null } : draft;
    }
    case "load":
      return action.draft;
  }
}

/** Takes over what was found; what is undone later finds it too, for the file is the same. */
function readAnew(draft: Draft, documentId: string, unfinished: readonly UnfinishedPlace[]): Draft {
  const found = draft.documents.find(({ file }) => file.documentId === documentId)?.file.unfinished;
  const ids = (places: readonly UnfinishedPlace[]): string => places.map(({ placeId }) => placeId).join("\n");
  if (!found || ids(found) === ids(unfinished)) return draft;
  const change = (documents: readonly DraftDocument[]): readonly DraftDocument[] =>
    changeDocument(documents, documentId, (document) => ({
      ...document,
      file: { ...document.file, unfinished: [...unfinished] },
    }));
  return { ...draft, documents: change(draft.documents), past: draft.past.map(change) };
}

/** Where a placed seal is, with its document; undefined once it is gone. */
export function findPlaced(
  draft: Pick<Draft, "documents">,
  key: string | null,
): { readonly document: DraftDocument; readonly placed: PlacedSeal } | undefined {
  for (const document of draft.documents) {
    const placed = document.placed.find((one) => one.key === key);
    if (placed) return { document, placed };
  }
  return undefined;
}

/** How many impressions the draft asks for; of one seal where it is named. */
export function countPlaced(documents: readonly DraftDocument[], sealId?: string): number {
  return documents
    .flatMap((document) => document.placed)
    .filter((placed) => sealId === undefined || placed.sealId === sealId).length;
}

/** The seals of the draft, each once, in the order they were placed. */
export function listSealIds(documents: readonly DraftDocument[]): readonly string[] {
  return [...new Set(documents.flatMap((document) => document.placed.map((placed) => placed.sealId)))];
}

/** A document as it comes from the server, with the answers that it has there. */
export function openDocument(file: UploadedFile, placed: readonly PlacedSeal[] = []): DraftDocument {
  const answers = file.unfinished.flatMap((place) => (place.answer ? [[place.placeId, place.answer] as const] : []));
  return { file, placed, answers: Object.fromEntries(answers) };
}

function remember(draft: Draft, documents: readonly DraftDocument[], mark: string | null = null): Draft {
  if (mark !== null && mark === draft.mark) return { ...draft, documents };
  return { ...draft, documents, past: [...draft.past, draft.documents].slice(-MOST_STEPS_BACK), mark };
}

function changeDocument(
  documents: readonly DraftDocument[],
  documentId: string,
  change: (document: DraftDocument) => DraftDocument,
): readonly DraftDocument[] {
  return documents.map((document) => (document.file.documentId === documentId ? change(document) : document));
}

function changePlaced(
  documents: readonly DraftDocument[],
  change: (placed: PlacedSeal) => PlacedSeal,
): readonly DraftDocument[] {
  return documents.map((document) => ({ ...document, placed: document.placed.map(change) }));
}

/** Another version of a document: seals stay on the pages it still has, reasons with the places it still has. */
function replaceDocument(
  documents: readonly DraftDocument[],
  documentId: string,
  file: UploadedFile,
): readonly DraftDocument[] {
  return changeDocument(documents, documentId, (document) => {
    const texts = new Map(document.file.unfinished.map((place) => [place.placeId, place.text]));
    const same = file.unfinished.filter((place) => texts.get(place.placeId) === place.text);
    return {
      file,
      placed: document.placed.filter((placed) => placed.page < file.pages.length),
      answers: Object.fromEntries(
        same.flatMap(({ placeId }) => {
          const reason = document.answers[placeId];
          return reason === undefined ? [] : [[placeId, reason] as const];
        }),
      ),
    };
  });
}

function keepCentre(placed: PlacedSeal, [from, to]: readonly [SizeMm, SizeMm]): PlacedSeal {
  return {
    ...placed,
    xMm: toTenth(placed.xMm + (from.widthMm - to.widthMm) / 2),
    yMm: toTenth(placed.yMm + (from.heightMm - to.heightMm) / 2),
  };
}

/** `Supply_contract v2.pdf` → `Supply contract v2`: what people would have typed. */
function titleFrom(fileName: string): string {
  return fileName
    .replace(/\.pdf$/i, "")
    .replace(/_+/g, " ")
    .trim()
    .slice(0, 200);
}

/** How many copies are to be stamped, by what was typed; undefined where that is no number of copies. An electronic file is one. */
export function countCopies({ useMode, copies }: Pick<DraftFacts, "useMode" | "copies">): number | undefined {
  if (useMode === "electronic") return 1;
  const count = /^\d{1,3}$/.test(copies.trim()) ? Number(copies) : 0;
  return count >= 1 && count <= MOST_COPIES ? count : undefined;
}
