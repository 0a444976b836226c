/** What comparing a document with a template needs, and no more: it is loaded anew by each thread that compares. */

export { readDocumentText } from "./document-text.ts";
export { addDrawnPlaces, type DrawnPlace, listDrawnPlaces } from "./drawn-comparison.ts";
export { type DrawnPage, dotsPerMm } from "./drawn-page.ts";
export { findWrittenRows, type WrittenRow } from "./drawn-writing.ts";
export type { LineShifts } from "./line-shifts.ts";
export { isComparedLetter, listMisread, listSmallMarks } from "./misread-letters.ts";
export type { PageText, ShownOtherwise } from "./page-text.ts";
export { scannedShare } from "./pictured-pages.ts";
export { mergeRules } from "./ruled-places.ts";
export {
  collectShapes,
  type GlyphShape,
  glyphSide,
  keepShapes,
  listMisshownPlaces,
  type ShownGlyph,
} from "./shown-glyphs.ts";
export { followTemplate, type TemplateComparison, type TemplateFollowed } from "./template-comparison.ts";
export { readTemplate, type TemplateMark } from "./template-text.ts";
export { findTurnedText, isUnsure, type TurnedLine, writeTurnedLine } from "./turned-text.ts";
