import {
  decideFace,
  defaultFace,
  type FaceCode,
  type FaceShape,
  type FaceSpec,
  faceToSvg,
  type GlyphOutline,
  layoutFace,
  listFaceCharacters,
} from "@chancery/seal-image";
import type { SealSummary } from "../../parts/seal-card.tsx";

export type SealType = SealSummary["type"];
export const FACE_SHAPES = ["circle", "oval", "square", "rectangle"] as const satisfies readonly FaceShape[];
export const FACE_TEXTS = ["arcText", "centreText", "lowerText"] as const;
export type FaceField = (typeof FACE_TEXTS)[number] | "size" | "code";

/** A face as it is typed. */
export interface FaceForm {
  readonly shape: FaceShape;
  readonly widthMm: string;
  /** Not asked for where a face is as wide as high. */
  readonly heightMm: string;
  readonly arcText: string;
  readonly centre: "star" | "none" | "text";
  readonly centreText: string;
  readonly lowerText: string;
  readonly code: string;
}

/** Round faces have texts along an arc, a star or a text in the middle, and a code. */
export function isRound(shape: FaceShape): boolean {
  return shape === "circle" || shape === "oval";
}

/** Circle and square are as wide as high: one size is asked for. */
export function isEven(shape: FaceShape): boolean {
  return shape === "circle" || shape === "square";
}

/** The usual face of a type under an entity's name. Whose name a name seal bears is not known: it is left to type. */
export function defaultFaceForm(type: SealType, entityName: string, unitName: string | null): FaceForm {
  const spec = defaultFace(type, entityName, unitName === null ? {} : { unitName });
  const named = type === "legal-representative" || type === "personal-name";
  return {
    shape: spec.shape,
    widthMm: String(spec.widthMm),
    heightMm: String(spec.heightMm),
    arcText: spec.arcText ?? "",
    centre: spec.centreText === undefined ? (spec.centre ?? "none") : "text",
    centreText: named ? "" : (spec.centreText ?? ""),
    lowerText: spec.lowerText ?? "",
    code: spec.code ?? "",
  };
}

/** The form for another shape: what that shape cannot have is left out, and an oval lies. */
export function changeShape(form: FaceForm, shape: FaceShape): FaceForm {
  const centre = isRound(shape) ? form.centre : "text";
  const code = isRound(shape) ? form.code : "";
  const width = readMm(form.widthMm);
  const height = readMm(form.heightMm);
  const lies = shape === "oval" && !(height < width);
  return {
    ...form,
    shape,
    centre,
    code,
    heightMm: isEven(shape) ? form.widthMm : lies && width > 0 ? String(Math.round(width * 0.7)) : form.heightMm,
  };
}

/** The face that a form means; decideFace says whether it may be made. */
export function toFaceSpec(form: FaceForm): FaceSpec {
  const round = isRound(form.shape);
  const widthMm = readMm(form.widthMm);
  const centreText = !round || form.centre === "text" ? form.centreText : "";
  return {
    shape: form.shape,
    widthMm,
    heightMm: isEven(form.shape) ? widthMm : readMm(form.heightMm),
    ...(form.arcText.trim() ? { arcText: form.arcText } : {}),
    ...(round ? { centre: form.centre === "star" ? ("star" as const) : ("none" as const) } : {}),
    ...(centreText.trim() ? { centreText } : {}),
    ...(form.lowerText.trim() ? { lowerText: form.lowerText } : {}),
    ...(round && form.code.trim() ? { code: form.code.trim() } : {}),
  };
}

/** A face that was asked for, as it is typed again. */
export function readFaceSpec(spec: FaceSpec): FaceForm {
  const text = spec.centreText ?? "";
  const inCentre = spec.centre === "star" ? "star" : text === "" ? "none" : "text";
  return {
    shape: spec.shape,
    widthMm: String(spec.widthMm),
    heightMm: String(spec.heightMm),
    arcText: spec.arcText ?? "",
    centre: isRound(spec.shape) ? inCentre : "text",
    centreText: text,
    lowerText: spec.lowerText ?? "",
    code: spec.code ?? "",
  };
}

export type LiveFace =
  | { readonly state: "drawn"; readonly spec: FaceSpec; readonly svg: string }
  /** Characters whose outlines have to be fetched first. */
  | { readonly state: "waiting"; readonly characters: string }
  | {
      readonly state: "refused";
      readonly code: FaceCode;
      readonly missing: string;
      readonly fields: readonly FaceField[];
    };

/** Draws a face with the outlines at hand, or says what it waits for, or why it may not be made and where to look. */
export function drawLiveFace(form: FaceForm, known: ReadonlyMap<string, GlyphOutline | null>): LiveFace {
  const wanted = toFaceSpec(form);
  const decided = decideFace(wanted);
  if (!decided.ok)
    return { state: "refused", code: decided.code, missing: "", fields: findBlamedFields(wanted, decided.code) };
  const characters = [...listFaceCharacters(decided.value)];
  const unknown = characters.filter((character) => !known.has(character));
  if (unknown.length > 0) return { state: "waiting", characters: unknown.join("") };
  const missing = characters.filter((character) => known.get(character) === null);
  if (missing.length > 0) {
    const fields = FACE_TEXTS.filter((field) => missing.some((character) => wanted[field]?.includes(character)));
    return { state: "refused", code: "face.character-missing", missing: missing.join(" "), fields };
  }
  const glyphs = new Map([...known].flatMap(([character, glyph]) => (glyph ? [[character, glyph] as const] : [])));
  return { state: "drawn", spec: decided.value, svg: faceToSvg(layoutFace(decided.value, () => glyphs)) };
}

/** The fields without which the face would not be refused for this reason; a word spread over several blames them all. */
function findBlamedFields(spec: FaceSpec, code: FaceCode): readonly FaceField[] {
  if (code === "face.code-invalid") return ["code"];
  if (code.startsWith("face.size-")) return ["size"];
  if (code === "face.empty") return [isRound(spec.shape) ? "arcText" : "centreText"];
  return FACE_TEXTS.filter((field) => {
    if (spec[field] === undefined) return false;
    const without = decideFace({ ...spec, [field]: undefined });
    return without.ok || without.code !== code;
  });
}

/** Millimetres as typed, with point or comma; NaN where it is no number. */
export function readMm(typed: string): number {
  const text = typed.trim().replace(",", ".");
  return /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
}
