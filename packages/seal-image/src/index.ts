export { cleanImpression, type ImpressionOutcome } from "./clean-impression.ts";
export { defaultFace, type FaceNames, type SealType, sealTypes } from "./default-face.ts";
export { faceMessages } from "./face-messages.ts";
export { faceToPdfOperators, faceToSvg, toSvgPath, vermilion } from "./face-output.ts";
export {
  decideFace,
  type FaceCode,
  type FaceOutcome,
  type FaceShape,
  type FaceSpec,
  listFaceCharacters,
} from "./face-spec.ts";
export type { GlyphOutline, GlyphSource, PathCommand } from "./glyph.ts";
export { type FaceOutline, type FacePath, layoutFace } from "./layout-face.ts";
export type { Point } from "./path.ts";
export { type Picture, rasterise } from "./rasterise.ts";
