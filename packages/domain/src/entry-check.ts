import { type DocumentClassId, documentClasses } from "./document-class.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { type SealType, sealTypeDefaults } from "./vocabulary.ts";

export interface SealForEntry {
  readonly sealId: string;
  readonly type: SealType;
  readonly external: boolean;
  readonly inUse: boolean;
}

export interface EntryDecision {
  readonly refusals: readonly Refusal[];
  /** Seals of the entity that may stand on such a document, the most fitting first. */
  readonly suggested: readonly string[];
}

/** Whether these seals may stand on a document of this class, and which would be right (C06, C07). */
export function decideSealForDocument(
  seals: readonly SealForEntry[],
  documentClass: DocumentClassId,
  external: boolean,
  ofEntity: readonly SealForEntry[],
): EntryDecision {
  const allowed = documentClasses[documentClass].sealTypes;
  const refusals: Refusal[] = [];
  for (const seal of seals) {
    if (external && !(seal.external && sealTypeDefaults[seal.type].external))
      refusals.push(refuse("entry.internal-seal-outside", { sealType: seal.type, documentClass }, "C06"));
    else if (!allowed.includes(seal.type))
      refusals.push(refuse("entry.wrong-seal", { sealType: seal.type, documentClass }, "C07"));
    if (!seal.inUse) refusals.push(refuse("entry.seal-not-in-use", { sealType: seal.type }, "C10"));
  }
  const suggested = ofEntity
    .filter(
      (seal) =>
        seal.inUse &&
        allowed.includes(seal.type) &&
        (!external || (seal.external && sealTypeDefaults[seal.type].external)),
    )
    .toSorted((a, b) => allowed.indexOf(a.type) - allowed.indexOf(b.type))
    .map((seal) => seal.sealId);
  return { refusals, suggested };
}

/** Where a seal is to stand, in millimetres from the top left of the page as it is shown. */
export interface PlaceForEntry {
  readonly page: number;
  readonly xMm: number;
  readonly yMm: number;
  readonly seal: { readonly widthMm: number; readonly heightMm: number };
  readonly paper: { readonly widthMm: number; readonly heightMm: number };
}
/** Sizes of pages come from points: half a tenth of a millimetre over the edge is rounding. */
const rounding = 0.05;

/** A seal stands on its page with its whole face: what lies over the edge would be signed for and not be seen. */
export function decidePlaces(document: string, places: readonly PlaceForEntry[]): Refusal[] {
  return places
    .filter(
      ({ xMm, yMm, seal, paper }) =>
        !(
          xMm >= -rounding &&
          yMm >= -rounding &&
          xMm + seal.widthMm <= paper.widthMm + rounding &&
          yMm + seal.heightMm <= paper.heightMm + rounding
        ),
    )
    .map((place) => refuse("entry.off-page", { document, page: place.page + 1 }));
}

/** Text with its place in millimetres from the top left of the page as shown. */
export interface TextRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface PageText {
  readonly index: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly runs: readonly TextRun[];
  /** Share of the page that pictures and drawn forms cover, 0 to 1. */
  readonly imageCoverage: number;
}
export interface FormFieldFact {
  readonly name: string;
  readonly page: number | null;
  readonly filled: boolean;
}

export const UNFINISHED_KINDS = ["empty-page", "no-content", "underscores", "brackets", "form-field", "date"] as const;
export type UnfinishedKind = (typeof UNFINISHED_KINDS)[number];
export interface UnfinishedPlace {
  readonly placeId: string;
  readonly page: number;
  readonly kind: UnfinishedKind;
  readonly text: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
  readonly answerable: boolean;
}

const blanks: readonly { kind: UnfinishedKind; pattern: RegExp }[] = [
  { kind: "underscores", pattern: /_{3,}|＿{2,}|﹍{2,}|\.{8,}|…{4,}/u },
  {
    kind: "brackets",
    pattern:
      /【[\s\u3000_＿]*】|\[[\s\u3000_]{1,}\]|（[\s\u3000_＿]{2,}）|\([\s\u3000_]{2,}\)|《[\s\u3000]*》|〔[\s\u3000]*〕/u,
  },
  { kind: "date", pattern: /(?:^|[\s:：,，])[\s\u3000_]*年[\s\u3000_]{1,}月[\s\u3000_]{1,}日/u },
];
/** What belongs to a signature block: its lines may be open, for the seal and the signature come there. */
const signatureWords =
  /签\s*字|签\s*章|签\s*名|签\s*署|盖\s*章|公\s*章|日\s*期|授权代表|法定代表人|委托代理人|经办人|代表[:：（(]|\b(?:signed|signature|seal|stamp|date|dated)\b|\b(?:by|name|title):|authori[sz]ed (?:representative|signatory)|for and on behalf/iu;
/** A blank for what is agreed is never part of a signature block, however near it stands. */
const agreedWords =
  /金额|价款|总价|单价|人民币|大写|元整|数量|期限|\b(?:amount|price|total|quantity|sum of|term of)\b/iu;
/** A line within this many millimetres of such a word belongs to its block. */
const blockReach = 14;

/**
 * Finds what is blank or unfinished in a document (C05): empty pages, unfilled lines and brackets of Chinese and English
 * forms, dates without figures, form fields. Lines of the signature block may be open. A form with more blanks than
 * words has no content; that, like an empty page, can never be answered with a reason.
 */
export function findUnfinishedPlaces(pages: readonly PageText[], fields: readonly FormFieldFact[]): UnfinishedPlace[] {
  const places: UnfinishedPlace[] = [];
  let words = 0;
  for (const page of pages) {
    const lines = page.runs.map((run) => ({ ...run, text: run.text.normalize("NFKC") }));
    const written = lines.map((line) => line.text.replace(/[\s\u3000_＿.…()（）[\]【】-]/gu, "")).join("");
    words += written.length;
    if (
      written.length === 0 &&
      page.imageCoverage < 0.01 &&
      !fields.some((field) => field.page === page.index && field.filled)
    ) {
      places.push({
        placeId: `p${page.index}-empty`,
        page: page.index,
        kind: "empty-page",
        text: "",
        box: null,
        answerable: false,
      });
      continue;
    }
    const blocks = lines.filter((line) => signatureWords.test(line.text));
    for (const [at, line] of page.runs.entries()) {
      const found = findBlank(line.text) ?? findBlank(line.text.normalize("NFKC"));
      if (!found || (!agreedWords.test(line.text) && blocks.some((block) => nearBlock(block, line)))) continue;
      places.push({
        placeId: `p${page.index}-${found.kind}-${at}`,
        page: page.index,
        kind: found.kind,
        text: line.text.slice(0, 120),
        box: { x: line.x, y: line.y, width: line.width, height: line.height },
        answerable: true,
      });
    }
  }
  const open = fields.filter((field) => !field.filled && !signatureWords.test(field.name));
  for (const [at, field] of open.entries()) {
    places.push({
      placeId: `f-${at}-${field.name.slice(0, 60)}`,
      page: field.page ?? 0,
      kind: "form-field",
      text: field.name.slice(0, 120),
      box: null,
      answerable: true,
    });
  }
  const contentless = words < 8 && pages.every((page) => page.imageCoverage < 0.01);
  if (contentless && !places.some((place) => place.kind === "empty-page")) {
    places.push({ placeId: "d-no-content", page: 0, kind: "no-content", text: "", box: null, answerable: false });
  }
  return places;
}

function findBlank(text: string): { kind: UnfinishedKind } | undefined {
  return blanks.find(({ pattern }) => pattern.test(text));
}

function nearBlock(block: TextRun, line: TextRun): boolean {
  const apart = Math.max(block.y - (line.y + line.height), line.y - (block.y + block.height), 0);
  return apart <= blockReach;
}
