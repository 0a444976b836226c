import CompressOutlined from "@ant-design/icons/CompressOutlined";
import MinusOutlined from "@ant-design/icons/MinusOutlined";
import PlusOutlined from "@ant-design/icons/PlusOutlined";
import UndoOutlined from "@ant-design/icons/UndoOutlined";
import { Button } from "antd";
import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { PdfPage } from "../requests/pdf-page.tsx";
import { fitWidth, type SizeMm, TRUE_SIZE, zoomBy } from "../requests/placement.ts";
import { useApply } from "./apply-context.ts";
import { PageRuler } from "./page-ruler.tsx";
import { StageMarks } from "./stage-marks.tsx";
import { StageSeal } from "./stage-seal.tsx";
import type { Placing } from "./use-placing.ts";
import { useSize } from "./use-size.ts";

/** The rulers, the gap to the page and the room around it. */
const AROUND_PX = 28 + 16;
type Zoom = "width" | "page" | number;

/** One page at its true proportions between rulers, with its seals to be moved and what is not filled in. */
export function Stage(props: { placing: Placing }): ReactElement {
  const { placing } = props;
  const { store, opened: all } = useApply();
  const t = useText("apply");
  const desk = useRef<HTMLDivElement>(null);
  const size = useSize(desk);
  const [zoom, setZoom] = useState<Zoom>("width");
  const { document, page, paper, selected } = placing;
  const opened = all[document.file.documentId];
  const scale = scaleOf(zoom, paper, size);
  useEffect(() => {
    if (!selected || !size) return;
    const box = desk.current?.querySelector(`[data-key="${selected.key}"]`);
    box?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected, size]);
  useEffect(() => {
    const box = selected && desk.current?.querySelector<HTMLElement>(`[data-key="${selected.key}"]`);
    if (!box || !placing.focusNext.current) return;
    placing.focusNext.current = false;
    box.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
      event.preventDefault();
      store.change({ type: "undo" });
    }
  };
  return (
    <section
      className="card stage"
      aria-label={t("stage.label", { page: page + 1, total: document.file.pages.length, name: document.file.name })}
      onKeyDown={onKeyDown}
    >
      <StageTools scale={scale} onZoom={setZoom} />
      {Boolean(opened?.error) && (
        <div className="stage-error">
          <Message tone="warning" live title={t("stage.unreadable")}>
            {t("stage.unreadableWhy")}
          </Message>
        </div>
      )}
      {!opened?.opened && !opened?.error && (
        <p className="stage-drawing note small" role="status">
          {t("stage.drawing")}
        </p>
      )}
      <div ref={desk} className="stage-desk">
        <div className="stage-sheet">
          <span className="stage-corner" aria-hidden />
          <PageRuler side="top" lengthMm={paper.widthMm} pxPerMm={scale} />
          <PageRuler side="left" lengthMm={paper.heightMm} pxPerMm={scale} />
          <PdfPage
            key={`${document.file.documentId} ${page}`}
            document={opened?.opened ?? null}
            page={page}
            total={document.file.pages.length}
            widthMm={paper.widthMm}
            heightMm={paper.heightMm}
            pxPerMm={scale}
          >
            <button
              type="button"
              className="stage-surface"
              tabIndex={-1}
              aria-label={placing.selected ? t("stage.moveHere") : t("stage.putHere")}
              onClick={(event) => {
                const box = event.currentTarget.getBoundingClientRect();
                placing.putAt({ x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale });
              }}
            />
            <StageMarks document={document} page={page} pxPerMm={scale} />
            {document.placed
              .filter((placed) => placed.page === page)
              .map((placed) => (
                <StageSeal key={placed.key} placed={placed} placing={placing} pxPerMm={scale} />
              ))}
          </PdfPage>
        </div>
      </div>
    </section>
  );
}

function StageTools(props: { scale: number; onZoom: (zoom: Zoom) => void }): ReactElement {
  const { draft, store } = useApply();
  const t = useText("apply");
  const { scale, onZoom } = props;
  return (
    <div className="stage-tools" role="toolbar" aria-label={t("stage.tools")}>
      <Button
        size="small"
        icon={<MinusOutlined aria-hidden />}
        aria-label={t("stage.smaller")}
        title={t("stage.smaller")}
        onClick={() => onZoom(zoomBy(scale, -1))}
      />
      <span className="stage-zoom" aria-live="polite">
        {t("stage.zoom", { percent: Math.round((scale / TRUE_SIZE) * 100) })}
      </span>
      <Button
        size="small"
        icon={<PlusOutlined aria-hidden />}
        aria-label={t("stage.larger")}
        title={t("stage.larger")}
        onClick={() => onZoom(zoomBy(scale, 1))}
      />
      <Button size="small" onClick={() => onZoom(TRUE_SIZE)}>
        {t("stage.trueSize")}
      </Button>
      <Button size="small" icon={<CompressOutlined aria-hidden />} onClick={() => onZoom("page")}>
        {t("stage.wholePage")}
      </Button>
      <span className="note small stage-hint">{t("stage.keys")}</span>
      <Button
        size="small"
        icon={<UndoOutlined aria-hidden />}
        disabled={draft.past.length === 0}
        onClick={() => store.change({ type: "undo" })}
      >
        {t("stage.undo")}
      </Button>
    </div>
  );
}

function scaleOf(zoom: Zoom, paper: SizeMm, size: { width: number; height: number } | null): number {
  if (typeof zoom === "number") return zoom;
  if (!size) return 1;
  const width = fitWidth(paper.widthMm, size.width - AROUND_PX);
  if (zoom === "width") return Math.min(width, TRUE_SIZE * 1.25);
  return Math.min(width, fitWidth(paper.heightMm, size.height - AROUND_PX));
}
