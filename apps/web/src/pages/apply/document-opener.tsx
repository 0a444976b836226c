import { type ReactElement, useCallback, useEffect, useState } from "react";
import type { OpenedDocument } from "../requests/pdf-document.ts";
import { useDocument } from "../requests/use-document.ts";
import type { DraftDocument } from "./draft.ts";

/** The documents opened for drawing, by id; `error` where one can not be drawn here. */
export type OpenedDocuments = Readonly<
  Record<string, { readonly opened: OpenedDocument | null; readonly error: unknown }>
>;

/**
 * Opens every document of the draft once, while the reader still writes what it is about; all steps draw from the same.
 * `openers` has to be drawn and shows nothing.
 */
export function useOpenedDocuments(documents: readonly DraftDocument[]): {
  readonly opened: OpenedDocuments;
  readonly openers: readonly ReactElement[];
} {
  const [opened, setOpened] = useState<OpenedDocuments>({});
  const onOpened = useCallback(
    (documentId: string, document: OpenedDocument | null, error: unknown) =>
      setOpened((before) => ({ ...before, [documentId]: { opened: document, error } })),
    [],
  );
  return {
    opened,
    openers: documents.map(({ file }) => (
      <DocumentOpener key={file.documentId} documentId={file.documentId} onOpened={onOpened} />
    )),
  };
}

/** Opens one document and hands it up: hooks cannot be called once for each document of a list. */
function DocumentOpener(props: {
  documentId: string;
  onOpened: (documentId: string, opened: OpenedDocument | null, error: unknown) => void;
}): null {
  const { documentId, onOpened } = props;
  const { opened, error } = useDocument(documentId);
  useEffect(() => onOpened(documentId, opened, error), [documentId, opened, error, onOpened]);
  return null;
}
