import type { UnfinishedPlace, UploadedFile } from "./draft.ts";

/** A document as the server describes it. Used by tests. */
export function makeFile(documentId: string, change: Partial<UploadedFile> = {}): UploadedFile {
  return {
    documentId,
    name: `${documentId}.pdf`,
    digest: `sha256:${documentId}`,
    sizeBytes: 1000,
    pages: [
      { widthMm: 210, heightMm: 297 },
      { widthMm: 210, heightMm: 297 },
    ],
    signatures: 0,
    unfinished: [],
    ...change,
  };
}

/** A place that was not filled in. Used by tests. */
export function makeBlank(placeId: string, change: Partial<UnfinishedPlace> = {}): UnfinishedPlace {
  return {
    placeId,
    page: 0,
    kind: "underscores",
    text: "Price: ____",
    box: { x: 20, y: 40, width: 60, height: 5 },
    sentence: { en: "A line is not filled in.", zh: "zh" },
    answerable: true,
    answer: null,
    ...change,
  };
}
