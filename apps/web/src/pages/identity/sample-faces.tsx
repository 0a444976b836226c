import type { ReactElement } from "react";
import { Specimen } from "../../parts/seal-face.tsx";

/** Three living faces and one ended, as the sample has them: pictures only, so hidden from screen readers. */
export function SampleFaces(): ReactElement {
  return (
    <Specimen className="sample-faces">
      <svg viewBox="0 0 190 50" aria-hidden="true" focusable="false">
        <g className="face-live">
          <circle cx="25" cy="25" r="20.400" className="face-line" />
          <path d={star(25, 25, 7)} />
          <ellipse cx="80" cy="25" rx="19.500" ry="14.500" className="face-line" />
          <rect x="112" y="15.500" width="19" height="19" className="face-line" />
        </g>
        <g className="face-ended">
          <circle cx="164" cy="25" r="20.400" className="face-line" />
          <path d={star(164, 25, 7)} />
        </g>
      </svg>
    </Specimen>
  );
}

/** A pentagram as one path: the inner points lie at 0.382 of the radius. */
function star(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, point) => {
    const reach = point % 2 === 0 ? radius : radius * 0.381966;
    const angle = (point * Math.PI) / 5 - Math.PI / 2;
    return `${(x + reach * Math.cos(angle)).toFixed(3)} ${(y + reach * Math.sin(angle)).toFixed(3)}`;
  });
  return `M${points.join("L")}Z`;
}
