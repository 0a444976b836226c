import { createHash, type Hash } from "node:crypto";
import {
  assembleSignedData,
  type CmsProfile,
  prepareCmsProfile,
  prepareSealAttributes,
  type SealAttributes,
  type SealSigner,
} from "@chancery/pki";
import type { PdfFormField } from "../reader/form-fields.ts";
import { findPage, listPages, type PdfBox, type PdfPage } from "../reader/page-tree.ts";
import type { PdfFile } from "../reader/pdf-file.ts";
import { findNameText } from "../reader/pdf-value.ts";
import { type SealFace, writeAppearance, writeEmptyAppearance } from "./appearance.ts";
import { encodeDate, encodeText } from "./pdf-text.ts";
import { placeSeal, type SealPlacement } from "./placement.ts";
import { chooseField, writeField } from "./seal-field.ts";
import { broken, findFields, isFieldLocked, refuse, type SealRefusal } from "./seal-guard.ts";
import { TailWriter } from "./tail-writer.ts";

/** A face and where it stands. `page` counts from 0. */
export type SealAppearance = SealPlacement & { readonly page: number; readonly face: SealFace };

export type SealRequest = {
  readonly signer: SealSigner;
  /** Epoch milliseconds, written as /M. */
  readonly signedAt: number;
  /** An empty signature field to fill, or the name of a new one. */
  readonly fieldName?: string;
  readonly reason?: string;
  readonly location?: string;
  readonly contactName?: string;
  /** Left out: the seal is not visible. */
  readonly appearance?: SealAppearance;
  /** Seeds what must differ between seals; the same id, time and request give the same bytes. */
  readonly id: string;
};

/** Everything but the signature. Preparing the same request on the same document again gives the same bytes. */
export type PreparedSeal = {
  readonly documentDigest: Uint8Array;
  /** What the key signs: DER of the signed attributes, and its SHA-256. */
  readonly attributes: SealAttributes;
  readonly tail: Buffer;
  readonly contentsAt: number;
  readonly contentsLength: number;
  readonly baseLength: number;
  readonly byteRange: readonly [number, number, number, number];
  readonly signatureFieldName: string;
  readonly profile: CmsProfile;
};

export type FinishedSeal = {
  readonly ok: true;
  /** The bytes to append to the document; the document itself stays as it is. */
  readonly tail: Uint8Array;
  readonly byteRange: readonly [number, number, number, number];
  readonly cms: Uint8Array;
  readonly signatureFieldName: string;
  readonly baseLength: number;
};

const BYTE_RANGE_WIDTH = 44;
const BYTE_RANGE_ROOM = " ".repeat(BYTE_RANGE_WIDTH);

/** SHA-256 states of documents, so that several seals on one document read it once. */
const baseHashes = new WeakMap<PdfFile, Hash>();

/** What depends on the certificates alone, worked out once for each signer. */
const profiles = new WeakMap<SealSigner, CmsProfile>();

function findProfile(signer: SealSigner): CmsProfile | { readonly code: string; readonly detail: string } {
  const known = profiles.get(signer);
  if (known !== undefined) return known;
  const outcome = prepareCmsProfile(signer);
  if (!outcome.ok) return outcome;
  profiles.set(signer, outcome.value);
  return outcome.value;
}

/** Plans and writes the update with room for the signature, and digests what the signature covers. */
export function prepareUpdate(
  file: PdfFile,
  request: SealRequest,
): { ok: true; prepared: PreparedSeal } | { ok: false; refusal: SealRefusal } {
  const profile = findProfile(request.signer);
  if (!("attributes" in profile)) return refuse(profile.code, profile.detail);
  const page = findShownPage(file, request.appearance?.page ?? 0);
  if (page?.number == null) return refuse("page.not-found", "The page on which the seal is to stand does not exist.");
  const fields = findFields(file);
  const field = chooseField(file, fields, request.fieldName);
  if (!field.ok) return field;
  if (isFieldLocked(file, fields, field.name)) {
    return refuse(
      "pdf.certified",
      "An earlier signature locks the form, so no further seal fits. Ask for a copy without it.",
    );
  }
  const writer = new TailWriter(file, request.id);
  const signatureNumber = writer.newNumber();
  const look = writeLook(file, writer, page, field.existing, request.appearance);
  if (!look.ok) return look;
  const problem = writeField(file, writer, page, field, signatureNumber, look);
  if (problem !== null) return { ok: false, refusal: problem };
  if (writer.isContradictory) return broken();
  const spot = writeSignature(file, writer, signatureNumber, request, field.existing, profile.maximumLength * 2);
  const tail = writer.finish(nextIdentifier(file, request.id));
  return { ok: true, prepared: fillByteRange(file, tail, spot, field.name, profile) };
}

function findShownPage(file: PdfFile, index: number): PdfPage | null {
  if (!Number.isInteger(index) || index < 0) return null;
  return findPage(file, index) ?? listPages(file)[index] ?? null;
}

type Look = { readonly ok: true; readonly rectangle: string; readonly appearance: number | null };

function writeLook(
  file: PdfFile,
  writer: TailWriter,
  page: PdfPage,
  existing: PdfFormField | null,
  appearance: SealAppearance | undefined,
): Look | { ok: false; refusal: SealRefusal } {
  if (appearance === undefined) {
    const prepared = existing !== null && file.get(existing.dictionary, "Rect") !== null;
    return { ok: true, rectangle: "[0 0 0 0]", appearance: prepared ? writeEmptyAppearance(writer) : null };
  }
  const { xMm, yMm, widthMm, heightMm } = appearance;
  if (![xMm, yMm, widthMm, heightMm].every(Number.isFinite) || widthMm <= 0 || heightMm <= 0) {
    return refuse("placement.invalid", "The seal's place and size must be numbers, and its size above zero.");
  }
  const placed = placeSeal(page, appearance);
  if (!isOnPage(placed.rectangle, page.box)) {
    return refuse("placement.invalid", "The seal would stand beside the page. Choose a place on it.");
  }
  const written = writeAppearance(writer, appearance.face, placed);
  if (!written.ok) return { ok: false, refusal: written.problem };
  const { x0, y0, x1, y1 } = placed.rectangle;
  const rectangle = `[${[x0, y0, x1, y1].map((value) => value.toFixed(4)).join(" ")}]`;
  return { ok: true, rectangle, appearance: written.number };
}

function isOnPage(seal: PdfBox, page: PdfBox): boolean {
  return seal.x0 < page.x1 && seal.x1 > page.x0 && seal.y0 < page.y1 && seal.y1 > page.y0;
}

type Spot = { readonly byteRangeAt: number; readonly contentsAt: number; readonly contentsLength: number };

/** The signature dictionary (12.8.1, table 255). Offsets are kept while writing: texts may contain anything. */
function writeSignature(
  file: PdfFile,
  writer: TailWriter,
  number: number,
  request: SealRequest,
  existing: PdfFormField | null,
  contentsDigits: number,
): Spot {
  const string = writer.stringsOf(number);
  const texts = [
    ["Reason", request.reason],
    ["Location", request.location],
    ["ContactInfo", request.contactName],
  ].flatMap(([key, text]) => (text === undefined ? [] : [` /${key} ${string(encodeText(text))}`]));
  const head = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${BYTE_RANGE_ROOM} /Contents <`;
  const rest = `> /M ${string(encodeDate(request.signedAt))}${texts.join("")}${lockReference(file, existing, string)} >>`;
  const start = writer.writeObject(number, 0, head, Buffer.alloc(contentsDigits, "0"), rest);
  const contentsAt = start + head.length - 1;
  const byteRangeAt = contentsAt - " /Contents ".length - BYTE_RANGE_WIDTH;
  const contentsLength = contentsDigits + 2;
  return { byteRangeAt, contentsAt, contentsLength };
}

/** A field that carries a /Lock must repeat it in the signature's FieldMDP (12.7.5.5). */
function lockReference(file: PdfFile, existing: PdfFormField | null, string: (bytes: Uint8Array) => string): string {
  const lock = existing === null ? null : file.get(existing.dictionary, "Lock");
  const action = findNameText(file.get(lock, "Action"));
  if (action === null || !/^(All|Include|Exclude)$/.test(action)) return "";
  const fields = file.get(lock, "Fields");
  const names = (fields?.kind === "array" ? fields.items : []).flatMap((item) => {
    const name = file.resolve(item);
    return name?.kind === "string" ? [string(name.bytes)] : [];
  });
  const list = fields === null ? "" : ` /Fields [${names.join(" ")}]`;
  const parameters = `<< /Type /TransformParams /V /1.2 /Action /${action}${list} >>`;
  return ` /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams ${parameters} >>]`;
}

/** Keeps the first part of /ID and renews the second (14.4); null where the file has none. */
function nextIdentifier(file: PdfFile, seed: string): string | null {
  const id = file.get(file.trailer(), "ID");
  const first = id?.kind === "array" ? file.resolve(id.items[0]) : null;
  if (first?.kind !== "string") return null;
  const second = createHash("md5").update(`${seed}/${file.bytes.length}`).digest("hex");
  return `[<${Buffer.from(first.bytes).toString("hex")}> <${second}>]`;
}

function fillByteRange(file: PdfFile, tail: Buffer, spot: Spot, name: string, profile: CmsProfile): PreparedSeal {
  const baseLength = file.bytes.length;
  const gapEnd = spot.contentsAt + spot.contentsLength;
  const byteRange = [0, spot.contentsAt, gapEnd, baseLength + tail.length - gapEnd] as const;
  const text = `[${byteRange.join(" ")}]`.padEnd(BYTE_RANGE_WIDTH);
  if (text.length > BYTE_RANGE_WIDTH) throw new Error("The byte range is longer than the room kept for it.");
  tail.write(text, spot.byteRangeAt - baseLength, "latin1");
  const documentDigest = baseHash(file)
    .update(tail.subarray(0, spot.contentsAt - baseLength))
    .update(tail.subarray(gapEnd - baseLength))
    .digest();
  return {
    documentDigest,
    attributes: prepareSealAttributes(profile, documentDigest),
    tail,
    contentsAt: spot.contentsAt - baseLength,
    contentsLength: spot.contentsLength,
    baseLength,
    byteRange,
    signatureFieldName: name,
    profile,
  };
}

function baseHash(file: PdfFile): Hash {
  let hash = baseHashes.get(file);
  if (hash === undefined) {
    hash = createHash("sha256").update(file.bytes);
    baseHashes.set(file, hash);
  }
  return hash.copy();
}

/**
 * Puts a signature into a prepared seal. The signature is checked with the certificate's key first: a wrong key or a
 * key holder's fault must never reach a file.
 */
export function finishUpdate(
  prepared: PreparedSeal,
  signature: Uint8Array,
): FinishedSeal | { ok: false; refusal: SealRefusal } {
  const { profile, tail, contentsAt, contentsLength, byteRange, signatureFieldName, baseLength } = prepared;
  const assembled = assembleSignedData(profile, prepared.attributes, signature);
  if (!assembled.ok) return refuse(assembled.code, assembled.detail);
  const cms = assembled.value;
  if (cms.length * 2 + 2 > contentsLength) {
    return refuse("signer.too-long", "The signature is longer than the room kept for it. Nothing was sealed.");
  }
  const finished = Buffer.from(tail);
  finished.write(Buffer.from(cms.buffer, cms.byteOffset, cms.length).toString("hex"), contentsAt + 1, "latin1");
  return { ok: true, tail: finished, byteRange, cms, signatureFieldName, baseLength };
}
