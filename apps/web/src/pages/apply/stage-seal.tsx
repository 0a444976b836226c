import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef } from "react";
import { formatMm, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { faceOf, SealFace } from "../../parts/seal-face.tsx";
import { faceStateOf } from "../../parts/states.ts";
import { keepOnPage, measureEdges, stepOf } from "../requests/placement.ts";
import { useApply } from "./apply-context.ts";
import type { PlacedSeal } from "./draft.ts";
import type { Seal } from "./queries.ts";
import type { Placing } from "./use-placing.ts";

/** A hand that trembles does not move a seal. */
const DRAG_FROM_PX = 3;

/**
 * A seal on the page, at its true size, over the text as ink lies. It is moved with mouse or finger, by arrow keys, or by
 * the figures beside the page.
 */
export function StageSeal(props: { placed: PlacedSeal; placing: Placing; pxPerMm: number }): ReactElement | null {
  const { placed, placing, pxPerMm } = props;
  const { store } = useApply();
  const t = useText("apply");
  const language = useLanguage();
  const seal = placing.findSeal(placed.sealId);
  const drag = useRef<{ x: number; y: number; fromX: number; fromY: number; mark: string; moved: boolean } | null>(
    null,
  );
  if (!seal) return null;
  const selected = placing.selected?.key === placed.key;
  const begin = (event: PointerEvent<HTMLButtonElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = {
      x: event.clientX,
      y: event.clientY,
      fromX: placed.xMm,
      fromY: placed.yMm,
      mark: `drag ${placed.key} ${event.timeStamp}`,
      moved: false,
    };
    if (!selected) placing.select(placed.key);
  };
  const go = (event: PointerEvent<HTMLButtonElement>): void => {
    const from = drag.current;
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < DRAG_FROM_PX) return;
    from.moved = true;
    const to = keepOnPage({ xMm: from.fromX + dx / pxPerMm, yMm: from.fromY + dy / pxPerMm }, seal, placing.paper);
    store.change({ type: "move", key: placed.key, to, mark: from.mark });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepOf(event.key, event.shiftKey);
    if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (selected) placing.nudge(step.dx, step.dy);
      else placing.select(placed.key);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      placing.remove(placed.key);
    } else if (event.key === "Escape") placing.select(null);
  };
  return (
    <>
      <button
        type="button"
        className="stage-seal"
        data-key={placed.key}
        aria-pressed={selected}
        aria-label={t("stage.seal", {
          name: nameIn(seal.name, language),
          x: formatMm(placed.xMm),
          y: formatMm(placed.yMm),
        })}
        aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Delete"
        style={{ left: placed.xMm * pxPerMm, top: placed.yMm * pxPerMm }}
        onPointerDown={begin}
        onPointerMove={go}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
        onFocus={() => !selected && placing.select(placed.key)}
        onKeyDown={onKeyDown}
      >
        <SealFace
          source={faceOf(seal.sealId)}
          name={seal.name}
          widthMm={seal.widthMm}
          heightMm={seal.heightMm}
          state={faceStateOf(seal.state)}
          pxPerMm={pxPerMm}
          onPaper
        />
      </button>
      {selected && <Guides placed={placed} seal={seal} placing={placing} pxPerMm={pxPerMm} />}
    </>
  );
}

/** Frame, handles, and how far it is to the two nearest edges. */
function Guides(props: { placed: PlacedSeal; seal: Seal; placing: Placing; pxPerMm: number }): ReactElement {
  const { placed, seal, pxPerMm } = props;
  const { paper } = props.placing;
  const t = useText("apply");
  const { across, down } = measureEdges(placed, seal, paper);
  const px = (mm: number): number => mm * pxPerMm;
  const [left, top] = [px(placed.xMm), px(placed.yMm)];
  const [width, height] = [px(seal.widthMm), px(seal.heightMm)];
  const middle = { x: left + width / 2, y: top + height / 2 };
  const lineX = across.side === "left" ? [0, left] : [left + width, px(paper.widthMm)];
  const lineY = down.side === "top" ? [0, top] : [top + height, px(paper.heightMm)];
  return (
    <div className="stage-guides" aria-hidden>
      {across.mm >= 0 && (
        <span
          className="guide guide-across"
          data-short={px(across.mm) < 76 ? across.side : undefined}
          style={{ left: lineX[0], width: Math.max(0, (lineX[1] ?? 0) - (lineX[0] ?? 0)), top: middle.y }}
        >
          <b>{t("stage.mm", { mm: across.mm.toFixed(1) })}</b>
        </span>
      )}
      {down.mm >= 0 && (
        <span
          className="guide guide-down"
          data-short={px(down.mm) < 28 ? down.side : undefined}
          style={{ top: lineY[0], height: Math.max(0, (lineY[1] ?? 0) - (lineY[0] ?? 0)), left: middle.x }}
        >
          <b>{t("stage.mm", { mm: down.mm.toFixed(1) })}</b>
        </span>
      )}
      <span className="stage-frame" style={{ left, top, width, height }}>
        <i />
        <i />
        <i />
        <i />
      </span>
    </div>
  );
}
