import type { ReactElement } from "react";
import { formatFaceSize } from "../../i18n/format.ts";
import { MmRuler, SealFace, type SealFaceProps, Specimen } from "../../parts/seal-face.tsx";

const ROOM_PX = 224;
const NARROW_ROOM_PX = 128;
const MOST_PX_PER_MM = 8;

/** A face as large as its ground allows, between rulers in mm. `small` is for grounds that stay in sight on a phone. */
export function RuledFace(props: Omit<SealFaceProps, "pxPerMm"> & { caption?: string; small?: boolean }): ReactElement {
  const room = props.small ? NARROW_ROOM_PX : ROOM_PX;
  const pxPerMm = Math.min(MOST_PX_PER_MM, room / Math.max(props.widthMm, props.heightMm));
  return (
    <Specimen className="ruled" caption={props.caption ?? formatFaceSize(props.widthMm, props.heightMm, props.round)}>
      <div className="ruled-face">
        <MmRuler lengthMm={props.widthMm} pxPerMm={pxPerMm} side="top" />
        <MmRuler lengthMm={props.heightMm} pxPerMm={pxPerMm} side="left" />
        <SealFace {...props} pxPerMm={pxPerMm} />
      </div>
    </Specimen>
  );
}
