import type { PdfPage } from "../reader/page-tree.ts";
import type { PdfFile } from "../reader/pdf-file.ts";
import type { PdfDictionary, PdfValue } from "../reader/pdf-value.ts";
import { createPageFaces, type PageFaces, type Rectangle, readRectangle, sharedArea } from "./page-faces.ts";
import type { SealCheck } from "./seal-check.ts";
import type { FormNode, FormReader } from "./signature-fields.ts";
import type { Reason } from "./verification.ts";

/**
 * A later signature is a permitted change whatever it looks like (ISO 32000-2, 12.8.2.2), and its maker decides what it
 * looks like: a white sheet with other words over the whole page, signed with a key made a minute ago. So it must be a
 * signature that holds over the update that brought it, and its face must be of the size of a signature.
 *
 * Nobody's face takes more than two fifths of a page. Who signs by a path that the reader trusts answers with his name
 * for what lies beneath. A field that stood empty in the sealed file was there for the sealer to see, so its rectangle is
 * his; but few readers draw it, and whoever prepared it may be the one who covers, so the two fifths hold there too. Any
 * other face may take an eighth of the page and 64 cm² (80 × 80 mm), or on small paper 25 cm², for a signature has to be
 * read. Nobody unknown lies on the seal of somebody else, and the faces of all unknown together keep to the two fifths,
 * or many would do what one may not.
 *
 * What lies beneath a face of permitted size stays uncertain: who reads the file is told that it is there, and on which
 * page.
 */
const LARGEST_SHARE = 2 / 5;
const STRANGERS_SHARE = 1 / 8;
const STRANGERS_MM2 = 80 * 80;
const SMALL_MM2 = 50 * 50;
/** Square millimetres that may be shared by rounding. */
const ROUNDING_MM2 = 1;
const MM2_PER_SQUARE_POINT = (25.4 / 72) ** 2;

/** What a signature is found to be, apart from where it stands. */
export type KnownSignature = { readonly check: SealCheck; readonly isTrusted: () => boolean };

/** What stands on a page: the seals with their signers' certificates, and the square millimetres that strangers' faces take. */
type FacesOfPage = { readonly sealed: { rectangle: Rectangle; signer: Uint8Array | null }[]; strangers: number };

/** Faces of all seals so far, while the updates after the first are judged in turn. */
export type LaterSeals = {
  readonly find: (signature: PdfDictionary) => KnownSignature | null;
  /** Follows an update; to be called for each in turn. */
  readonly follow: (before: number, after: number, changed: Iterable<number>) => void;
  readonly pages: () => PageFaces;
  readonly facesOn: (page: PdfPage) => FacesOfPage;
};

export function createLaterSeals(file: PdfFile, known: readonly KnownSignature[], listNodes: FormReader): LaterSeals {
  const bySignature = new Map(known.map((one) => [one.check.place.signature, one]));
  const faces = new Map<PdfPage, FacesOfPage>();
  let pages: PageFaces | null = null;
  let now = { before: 0, after: 0, changed: [] as number[] };
  const facesOn: LaterSeals["facesOn"] = (page) => {
    const found = faces.get(page) ?? { sealed: [], strangers: 0 };
    faces.set(page, found);
    return found;
  };
  const find = (signature: PdfDictionary): KnownSignature | null =>
    bySignature.get(signature) ?? findByPlace(known, signature);
  /** Only a later face asks for pages; most files have none. */
  const open = (): PageFaces => {
    if (pages !== null) return pages;
    pages = createPageFaces(file, now.before);
    for (const node of listNodes(now.before)) {
      const value = node.fieldType === "Sig" ? file.resolve(node.value, now.before) : null;
      if (node.number === null || value === null) continue;
      const signer = value.kind === "dictionary" ? signerOf(find(value)) : null;
      const rectangle = readRectangle(file, node.dictionary, now.before);
      if (rectangle === null) continue;
      for (const page of pages.pagesOf(node.number) ?? []) facesOn(page).sealed.push({ rectangle, signer });
    }
    pages.follow(now.after, now.changed);
    return pages;
  };
  return {
    find,
    follow: (before, after, changed) => {
      now = { before, after, changed: [...changed] };
      pages?.follow(after, now.changed);
    },
    pages: open,
    facesOn,
  };
}

/** The same dictionary read a second time. */
function findByPlace(known: readonly KnownSignature[], signature: PdfDictionary): KnownSignature | null {
  const isSame = ({ check: { place } }: KnownSignature): boolean =>
    place.signature.start === signature.start && place.signature.source === signature.source;
  return known.find(isSame) ?? null;
}

const signerOf = (found: KnownSignature | null): Uint8Array | null => found?.check.cms.certificate?.raw ?? null;

type Judged = { readonly file: PdfFile; readonly after: number; readonly laterSeals: LaterSeals };

/** What speaks against a signature field that an update brought or filled; null where nothing does. */
export function findFaceReason(
  { file, after, laterSeals }: Judged,
  node: FormNode,
  value: PdfValue | null,
  isPrepared: boolean,
): Reason | null {
  const found = value?.kind === "dictionary" ? laterSeals.find(value) : null;
  const isBroken = value !== null && !holds(found, after);
  const rectangle = readRectangle(file, node.dictionary, after);
  const isShown = rectangle !== null && node.number !== null;
  const pages = isShown ? laterSeals.pages().pagesOf(node.number) : [];
  const at = pages?.[0] === undefined ? {} : { page: pages[0].index + 1 };
  if (isBroken) return { code: "form.seal-broken", detail: node.name, ...at };
  if (pages === null) return { code: "file.too-complex", detail: "" };
  if (!isShown) return null;
  const isTrusted = pages.length > 0 && (found?.isTrusted() ?? false);
  const face = { rectangle, signer: signerOf(found), isTrusted, isPrepared };
  for (const page of pages) {
    const code = judgeFace(laterSeals.facesOn(page), page, face);
    if (code !== null) return { code, detail: node.name, page: page.index + 1 };
  }
  return null;
}

/** A signature that cannot be decided (a kind not known here) is a stranger's; a broken one, or one of before, is none. */
function holds(found: KnownSignature | null, revision: number): boolean {
  if (found === null || found.check.cms.outcome === "broken") return false;
  return found.check.bytes.reasons.length === 0 && found.check.bytes.revision === revision;
}

type Face = {
  readonly rectangle: Rectangle;
  readonly signer: Uint8Array | null;
  readonly isTrusted: boolean;
  readonly isPrepared: boolean;
};

function judgeFace(faces: FacesOfPage, { box, userUnit }: PdfPage, face: Face): string | null {
  const { rectangle, signer } = face;
  const toMm2 = MM2_PER_SQUARE_POINT * userUnit ** 2;
  const whole = (box.x1 - box.x0) * (box.y1 - box.y0) * toMm2;
  const area = sharedArea(rectangle, box) * toMm2;
  if (area > whole * LARGEST_SHARE) return "form.seal-covers-page";
  if (!face.isTrusted) {
    const most = Math.min(STRANGERS_MM2, Math.max(SMALL_MM2, whole * STRANGERS_SHARE));
    if (!face.isPrepared && area > most) return "form.seal-covers-page";
    const isCovered = (sealed: FacesOfPage["sealed"][number]): boolean =>
      sharedArea(sealed.rectangle, rectangle) * toMm2 > ROUNDING_MM2 && !isSame(sealed.signer, signer);
    if (faces.sealed.some(isCovered)) return "form.seal-covers-seal";
    faces.strangers += area;
    if (faces.strangers > whole * LARGEST_SHARE) return "form.seal-covers-page";
  }
  faces.sealed.push({ rectangle, signer });
  return null;
}

/** Who lies on his own seal hides nothing but his own. */
function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one !== null && other !== null && Buffer.compare(one, other) === 0;
}
