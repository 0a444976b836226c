import type { ReactElement } from "react";

const HIGH = 20;
/** Three figures stand beside the strokes. */
const WIDE = 28;
/** Below this many pixels a millimetre, single millimetres run into each other. */
const FINEST = 2;

/** A ruler in millimetres along the top or the left of the page: numbers at every 20 mm. */
export function PageRuler(props: { lengthMm: number; pxPerMm: number; side: "top" | "left" }): ReactElement {
  const { lengthMm, pxPerMm, side } = props;
  const top = side === "top";
  const length = Math.ceil(lengthMm * pxPerMm) + 1;
  const step = pxPerMm >= FINEST ? 1 : pxPerMm >= FINEST / 2 ? 2 : 10;
  const strokes: string[] = [];
  for (let mm = 0; mm <= lengthMm; mm += step) {
    const at = (mm * pxPerMm).toFixed(1);
    const reach = mm % 10 === 0 ? 7 : mm % 5 === 0 ? 5 : 3;
    strokes.push(top ? `M${at} ${HIGH}v-${reach}` : `M${WIDE} ${at}h-${reach}`);
  }
  const numbers = Array.from({ length: Math.floor(lengthMm / 20) + 1 }, (_, index) => index * 20);
  return (
    <svg
      className={`page-ruler page-ruler-${side}`}
      width={top ? length : WIDE}
      height={top ? HIGH : length}
      aria-hidden="true"
      focusable="false"
    >
      <path d={strokes.join("")} fill="none" />
      {numbers.map((mm) => (
        <text
          key={mm}
          {...(top
            ? { x: mm === 0 ? 2 : mm * pxPerMm, y: 10, textAnchor: mm === 0 ? "start" : "middle" }
            : { x: WIDE - 9, y: mm === 0 ? 10 : mm * pxPerMm + 4, textAnchor: "end" })}
        >
          {mm}
        </text>
      ))}
    </svg>
  );
}
