/** Text with its place in millimetres from the top left of the page as shown. */
export interface TextRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /**
   * It does not run from left to right, and how far off it is, clockwise in degrees: a line by itself, read after the others in
   * the order of its page's runs.
   */
  readonly turned?: number;
}
/**
 * Why a place of a page shows something else than what can be read there: its text is covered or in the colour of its ground
 * while the rest of its line is seen (`covered`), words are drawn as outlines or in a picture (`drawn`), letters show
 * others than their font says (`letters`), or text does not run from left to right, so that nobody knows whether it was read
 * in its order (`turned`).
 */
export const SHOWN_OTHERWISE = ["covered", "drawn", "letters", "turned"] as const;
export interface ShownOtherwise extends TextRun {
  readonly kind: (typeof SHOWN_OTHERWISE)[number];
}
/** A thin line in millimetres from the top left of the page as shown. */
export type Rule = Omit<TextRun, "text" | "turned">;
export interface PageText {
  readonly index: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly runs: readonly TextRun[];
  /** Share of the page that pictures and drawn forms cover, 0 to 1. */
  readonly imageCoverage: number;
  /** Share of the page, 0 to 1, that differs from its ground as it is drawn; absent where it was not drawn. */
  readonly ink?: number;
  /** Share of the page, 0 to 1, on which its pictures show something: a white one shows nothing; absent where it was not drawn. */
  readonly pictureInk?: number;
  /** Thin lines that are drawn level or upright, as to write on and of tables; absent where none are. */
  readonly rules?: readonly Rule[];
  /** Characters that the file writes to be seen, and not as the unseen text of a scan; absent where no picture is. */
  readonly written?: number;
  /** Whether any of its pictures is an image, and not a form that is drawn; absent where no picture is. */
  readonly imaged?: boolean;
  /** Text that is there for programs and that nobody sees: in about the colour of its ground, covered, or off the page. Never among `runs`. */
  readonly unseen?: readonly TextRun[];
  /** Those of `runs` that hardly stand out from their ground, as a watermark does. */
  readonly pale?: readonly TextRun[];
  /** What is seen of `runs`, where some of their letters are not; absent where all are. */
  readonly shown?: readonly TextRun[];
  /** Places that show something else than what can be read there, with what can; absent where there are none. */
  readonly otherwise?: readonly ShownOtherwise[];
}
export interface FormFieldFact {
  readonly name: string;
  readonly page: number | null;
  readonly filled: boolean;
}
