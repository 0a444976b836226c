import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { OpenedDocument } from "./pdf-document.ts";
import { documentFileQuery } from "./queries.ts";

/** A document of the server, opened for drawing; the drawing code is fetched once the page itself stands. */
export function useDocument(documentId: string): Opened {
  const { data: file, error } = useQuery(documentFileQuery(documentId));
  return useOpened(file, error);
}

interface Opened {
  readonly opened: OpenedDocument | null;
  readonly file: Blob | undefined;
  readonly error: unknown;
}

/** A file that was fetched, opened for drawing. */
export function useOpened(file: Blob | undefined, error: unknown): Opened {
  const [opened, setOpened] = useState<OpenedDocument | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    if (!file) return;
    let current = true;
    let shown: OpenedDocument | null = null;
    const open = async (): Promise<void> => {
      try {
        await idle();
        const { openPdf } = await import("./pdf-document.ts");
        const made = await openPdf(file);
        if (!current) return void (await made.close());
        shown = made;
        setOpened(made);
        setProblem(null);
      } catch (thrown) {
        if (current) setProblem(thrown);
      }
    };
    void open();
    return () => {
      current = false;
      setOpened(null);
      void shown?.close();
    };
  }, [file]);
  return { opened, file, error: error ?? problem };
}

/** When the browser has nothing more urgent to do; at the latest after a moment. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 50);
  });
}
