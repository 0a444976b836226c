import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import type { DrawnPage, OpenedDocument } from "./pdf-document.ts";

/** No canvas is drawn finer than this: a page of poster size must not take the memory of the browser. */
const MOST_PIXELS = 12_000_000;

/**
 * One page of a document as paper of its true proportions, drawn once it comes near the window; `children` lie on it.
 * The words of the page stand beside it for those who do not see it.
 */
export function PdfPage(props: {
  document: OpenedDocument | null;
  page: number;
  total: number;
  widthMm: number;
  heightMm: number;
  pxPerMm: number;
  /** A small picture of a page: no words beside it. */
  small?: boolean;
  children?: ReactNode;
}): ReactElement {
  const { document, page, pxPerMm, widthMm, heightMm } = props;
  const t = useText("requests");
  const paper = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const near = useNear(paper);
  const [drawn, setDrawn] = useState<DrawnPage | null>(null);
  const [words, setWords] = useState("");
  const wantsWords = !props.small;
  useEffect(() => {
    if (!document || !near || page >= document.pages) return;
    let current = true;
    void document.getPage(page).then((got) => {
      if (current) setDrawn(got);
      if (!current || !wantsWords) return;
      void got.readRuns().then((runs) => {
        if (current) setWords(runs.map((run) => run.text).join(" "));
      });
    }, unreadable);
    return () => {
      current = false;
    };
  }, [document, near, page, wantsWords]);
  useEffect(() => {
    const ground = canvas.current;
    if (!drawn || !ground) return;
    const finest = Math.sqrt(MOST_PIXELS / (widthMm * heightMm));
    const drawing = drawn.draw(ground, Math.min(pxPerMm * window.devicePixelRatio, finest));
    drawing.done.catch(unreadable);
    return () => drawing.stop();
  }, [drawn, pxPerMm, widthMm, heightMm]);
  return (
    <div
      ref={paper}
      className="paper"
      style={{ width: widthMm * pxPerMm, height: heightMm * pxPerMm }}
      data-drawn={drawn !== null}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-hidden={props.small ? true : undefined}
        aria-label={t("reader.page", { page: page + 1, total: props.total })}
      />
      {words !== "" && (
        <section className="unseen" aria-label={t("reader.text", { page: page + 1 })}>
          {words}
        </section>
      )}
      {props.children}
    </div>
  );
}

/** A page that can not be drawn stays white; the document's own problem is said where it is opened. */
function unreadable(): void {}

/** Whether an element is in the window or close to it; once near, it stays so. */
function useNear(element: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const seen = element.current;
    if (!seen || near) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: "600px" },
    );
    watch.observe(seen);
    return () => watch.disconnect();
  }, [element, near]);
  return near;
}
