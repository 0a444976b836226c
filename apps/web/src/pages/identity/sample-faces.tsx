import type { CSSProperties, ReactElement } from "react";
import { Specimen } from "../../parts/seal-face.tsx";
import invoice from "./faces/invoice.svg";
import nameSeal from "./faces/name.svg";
import official from "./faces/official.svg";
import project from "./faces/project.svg";

/** Faces as the sample has them, drawn by @chancery/seal-image, all at one scale; the last one has ended. */
const FACES = [
  { url: official, widthMm: 42, heightMm: 42, face: "live" },
  { url: invoice, widthMm: 40, heightMm: 30, face: "live" },
  { url: nameSeal, widthMm: 20, heightMm: 20, face: "live" },
  { url: project, widthMm: 42, heightMm: 42, face: "ended" },
] as const;
const PX_PER_MM = 2.1;

/** Pictures only, so hidden from screen readers. */
export function SampleFaces(): ReactElement {
  return (
    <Specimen>
      {FACES.map(({ url, widthMm, heightMm, face }) => {
        const style: CSSProperties = {
          width: widthMm * PX_PER_MM,
          height: heightMm * PX_PER_MM,
          maskImage: `url("${url}")`,
        };
        return <span key={url} className="seal-face" data-face={face} style={style} aria-hidden />;
      })}
    </Specimen>
  );
}
