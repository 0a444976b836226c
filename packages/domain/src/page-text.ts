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
