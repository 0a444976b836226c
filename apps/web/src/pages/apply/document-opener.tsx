import { useEffect } from "react";
import type { OpenedDocument } from "../requests/pdf-document.ts";
import { useDocument } from "../requests/use-document.ts";

/** Opens one document and hands it up: hooks cannot be called once for each document of a list. */
export function DocumentOpener(props: {
  documentId: string;
  onOpened: (documentId: string, opened: OpenedDocument | null, error: unknown) => void;
}): null {
  const { documentId, onOpened } = props;
  const { opened, error } = useDocument(documentId);
  useEffect(() => onOpened(documentId, opened, error), [documentId, opened, error, onOpened]);
  return null;
}
