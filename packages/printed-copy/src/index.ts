export { compareFace, type FaceComparison, type FaceMeasures, type FaceVerdict } from "./compare-face.ts";
export { comparePage, type Measures, type PageComparison } from "./compare-page.ts";
export type { Specimen } from "./lay-face.ts";
export {
  mostCopies,
  mostPages,
  type PageCode,
  type PageCodeMac,
  type ReadPageCode,
  readPageCode,
  writePageCode,
} from "./page-code.ts";
export { comparedPerMm, letGoOfPage, type PageReference, preparePage } from "./page-reference.ts";
export type { Grey, Place, Rgb } from "./picture.ts";
export { type MarkToPlace, type PlacedMark, placeMark } from "./place-mark.ts";
export type { Point } from "./projection.ts";
export { letGoOfStraight, type StraightPage } from "./straighten.ts";
export { besidePlaceMm, type ImpressionSight, tellImpression } from "./tell-impression.ts";
