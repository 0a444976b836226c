import { isFilled } from "./reader/form-fields.ts";
import { listPages } from "./reader/page-tree.ts";
import type { PdfFile } from "./reader/pdf-file.ts";
import { shownSize } from "./seal/placement.ts";
import {
  type FinishedSeal,
  finishUpdate,
  type PreparedSeal,
  prepareUpdate,
  type SealRequest,
} from "./seal/prepare-seal.ts";
import { findFields, openGuarded, type SealRefusal } from "./seal/seal-guard.ts";

export type { SealFace } from "./seal/appearance.ts";
export type { FinishedSeal, PreparedSeal, SealAppearance, SealRequest } from "./seal/prepare-seal.ts";
export type { SealRefusal } from "./seal/seal-guard.ts";

/** A page as it is shown: crop box, rotation and user unit are already in its size. `index` counts from 0. */
export type SealablePage = {
  readonly index: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly rotation: 0 | 90 | 180 | 270;
};

/** A field of the document's form. `type` is "text", "button", "choice", "signature" or "unknown". */
export type SealableField = { readonly name: string; readonly type: string; readonly filled: boolean };

/** A PDF that may be sealed. Pages and fields are read when they are asked for. */
export type SealablePdf = {
  readonly file: PdfFile;
  readonly pages: readonly SealablePage[];
  readonly formFields: readonly SealableField[];
  readonly hasSignatures: boolean;
  /** True where the file's own cross-reference data are damaged; sealing then appends complete new ones. */
  readonly isRepaired: boolean;
};

const FIELD_TYPES: Readonly<Record<string, string>> = { Tx: "text", Btn: "button", Ch: "choice", Sig: "signature" };

/** Opens a document, or says why it cannot be sealed and what to do. The bytes must not change afterwards. */
export function openForSealing(
  bytes: Uint8Array,
): { ok: true; document: SealablePdf } | { ok: false; refusal: SealRefusal } {
  const opened = openGuarded(bytes);
  return opened.ok ? { ok: true, document: describe(opened.file) } : opened;
}

function describe(file: PdfFile): SealablePdf {
  return {
    file,
    isRepaired: file.isRebuilt,
    get pages() {
      return listPages(file).map((page) => ({ index: page.index, ...shownSize(page), rotation: page.rotation }));
    },
    get formFields() {
      return findFields(file).map(({ name, type, value }) => ({
        name,
        type: FIELD_TYPES[type] ?? "unknown",
        filled: isFilled(value),
      }));
    },
    get hasSignatures() {
      return findFields(file).some(({ type, value }) => type === "Sig" && value !== null);
    },
  };
}

type Target = { readonly document: SealablePdf } | { readonly bytes: Uint8Array };

/**
 * Writes everything but the signature. The same document and request give the same bytes, so a job that stored the
 * signature can prepare again and finish with the same result.
 */
export function prepareSeal(
  request: SealRequest & Target,
): { ok: true; prepared: PreparedSeal } | { ok: false; refusal: SealRefusal } {
  if ("document" in request) return prepareUpdate(request.document.file, request);
  const opened = openGuarded(request.bytes);
  return opened.ok ? prepareUpdate(opened.file, request) : opened;
}

/** Puts the signature into a prepared seal, after checking it with the certificate. */
export function finishSeal(
  prepared: PreparedSeal,
  signature: Uint8Array,
): FinishedSeal | { ok: false; refusal: SealRefusal } {
  return finishUpdate(prepared, signature);
}

/** Seals a document: PAdES B-B as an incremental update. Errors of the key holder itself are thrown on. */
export async function sealPdf(
  request: SealRequest & Target,
): Promise<FinishedSeal | { ok: false; refusal: SealRefusal }> {
  const result = prepareSeal(request);
  if (!result.ok) return result;
  const { tbs, digest } = result.prepared.attributes;
  return finishSeal(result.prepared, await request.signer.signAttributes(tbs, digest));
}
