import { useQuery } from "@tanstack/react-query";
import { type PointerEvent, type ReactElement, useRef, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import type { OpenedDocument } from "../requests/pdf-document.ts";
import { PdfPage } from "../requests/pdf-page.tsx";
import { type Box, fitWidth, TRUE_SIZE } from "../requests/placement.ts";
import { useOpened } from "../requests/use-document.ts";
import { useWidth } from "../requests/use-width.ts";
import { boxBetween } from "./fields.ts";
import { type Mark, type TemplateDetail, templateFileQuery } from "./queries.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The pages of a template with what may be filled in; on a draft a box is drawn by dragging. */
export function TemplateSheets(props: {
  detail: TemplateDetail;
  marks: readonly Mark[];
  chosen: number | null;
  onChoose: (at: number) => void;
  onDraw: ((page: number, box: Box) => void) | undefined;
}): ReactElement {
  const { detail, onDraw } = props;
  const { version } = detail;
  const t = useText("templates");
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const file = useQuery(templateFileQuery(version.versionId));
  const { opened, error } = useOpened(file.data, file.error);
  const widest = Math.max(1, ...version.pages.map((page) => page.widthMm));
  const scale = Math.min(fitWidth(widest, width), TRUE_SIZE * 1.25);
  return (
    <section className="card" aria-label={t("name")}>
      <div className="card-body stack">
        {onDraw && <p className="note small">{t("draw")}</p>}
        {Boolean(error) && <ErrorPanel error={error} />}
        <div ref={frame} className="reader-pages">
          {width === 0 ? (
            <LinesSkeleton lines={8} />
          ) : (
            version.pages.map((size, page) => (
              <figure key={`page-${page.toString()}`} className="reader-page">
                <Sheet {...props} page={page} size={size} opened={opened} scale={scale} />
                <figcaption className="note small">
                  {t("page", { page: page + 1, total: version.pages.length })}
                </figcaption>
              </figure>
            ))
          )}
        </div>
      </div>
    </section>
  );
}

function Sheet(props: {
  detail: TemplateDetail;
  marks: readonly Mark[];
  chosen: number | null;
  onChoose: (at: number) => void;
  onDraw: ((page: number, box: Box) => void) | undefined;
  page: number;
  size: { readonly widthMm: number; readonly heightMm: number };
  opened: OpenedDocument | null;
  scale: number;
}): ReactElement {
  const { detail, marks, chosen, onChoose, onDraw, page, size, opened, scale } = props;
  const [drawing, setDrawing] = useState<{ from: Point; to: Point } | null>(null);
  const pointOf = (event: PointerEvent<HTMLElement>): Point => {
    const sheet = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - sheet.left) / scale, y: (event.clientY - sheet.top) / scale };
  };
  const shape = (box: Box) => ({
    ...{ left: box.x * scale, top: box.y * scale, width: box.width * scale, height: box.height * scale },
  });
  const drawn = drawing && boxBetween(drawing.from, drawing.to, size);
  return (
    <div
      className="template-sheet"
      data-draws={onDraw !== undefined}
      onPointerDown={(event) => {
        const onField = event.target instanceof Element && event.target.closest("button") !== null;
        if (!onDraw || event.button !== 0 || onField) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = pointOf(event);
        setDrawing({ from, to: from });
      }}
      onPointerMove={(event) => {
        if (drawing) setDrawing({ from: drawing.from, to: pointOf(event) });
      }}
      onPointerCancel={() => setDrawing(null)}
      onPointerUp={() => {
        if (drawn) onDraw?.(page, drawn);
        setDrawing(null);
      }}
    >
      <PdfPage
        document={opened}
        page={page}
        total={detail.version.pages.length}
        widthMm={size.widthMm}
        heightMm={size.heightMm}
        pxPerMm={scale}
      >
        {detail.fields
          .filter((field) => field.page === page && field.mark === null)
          .map((field) => (
            <span
              key={`${field.box.x} ${field.box.y}`}
              className="template-field"
              title={field.name}
              aria-hidden
              style={shape(field.box)}
            />
          ))}
        {marks.map(
          (mark, at) =>
            mark.page === page && (
              <button
                key={`mark-${at.toString()}`}
                type="button"
                className="template-field"
                data-drawn
                aria-label={mark.name}
                aria-current={chosen === at ? "true" : undefined}
                title={mark.name}
                style={shape(mark.place)}
                onClick={() => onChoose(at)}
              />
            ),
        )}
        {drawn && <span className="template-drawing" aria-hidden style={shape(drawn)} />}
      </PdfPage>
    </div>
  );
}
