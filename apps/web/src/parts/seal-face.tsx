import type { CSSProperties, ReactElement, ReactNode } from "react";
import { formatFaceSize, formatMm, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import type { LocalName } from "../i18n/language.ts";
import type { FaceState } from "./states.ts";

/** Where the face's outlines come from: an address of our own server, or SVG text drawn in this browser. */
export type FaceSource = { readonly url: string } | { readonly svg: string };

export interface SealFaceProps {
  readonly source: FaceSource | null;
  readonly name: LocalName;
  readonly widthMm: number;
  readonly heightMm: number;
  /** Whether the face is a circle, so that its size is a diameter; where it is not told, a face as wide as high is one. */
  readonly round?: boolean;
  readonly state: FaceState;
  /** One scale for all faces of a page; 2.35 on the seal wall. */
  readonly pxPerMm: number;
  /** The face lies on a document: it multiplies over the text, as ink does. */
  readonly onPaper?: boolean;
}

/** The address of a seal's face at our server. */
export function faceOf(sealId: string): FaceSource {
  return { url: `/v1/seals/${encodeURIComponent(sealId)}/face.svg` };
}

/**
 * The face of a seal at a true scale. The outlines are a mask over one colour, so that the state alone decides the
 * colour, and nothing inside an SVG can run or draw anything else.
 */
export function SealFace(props: SealFaceProps): ReactElement {
  const t = useText("parts");
  const language = useLanguage();
  const size = formatFaceSize(props.widthMm, props.heightMm, props.round);
  const state = props.source ? props.state : "none";
  const style: CSSProperties = { width: props.widthMm * props.pxPerMm, height: props.heightMm * props.pxPerMm };
  if (props.source && state !== "none") {
    const url =
      "url" in props.source
        ? props.source.url
        : `data:image/svg+xml;charset=utf-8,${encodeURIComponent(props.source.svg)}`;
    style.maskImage = `url("${url}")`;
  }
  return (
    <span
      role="img"
      className={props.onPaper ? "seal-face on-paper" : "seal-face"}
      data-face={state}
      style={style}
      aria-label={t("face.label", { name: nameIn(props.name, language), size, state: t(`face.${state}`) })}
    />
  );
}

/** The ground that a face stands on, with register marks at its corners and the size below. */
export function Specimen(props: { children?: ReactNode; caption?: ReactNode; className?: string }): ReactElement {
  return (
    <div className={props.className ? `specimen ${props.className}` : "specimen"}>
      <div className="specimen-ground">{props.children}</div>
      {props.caption !== undefined && <span className="specimen-caption">{props.caption}</span>}
    </div>
  );
}

/** A face on specimen ground with its size in mm, drawn to the page's scale. */
export function SealSpecimen(props: SealFaceProps & { caption?: string }): ReactElement {
  const size = formatFaceSize(props.widthMm, props.heightMm, props.round);
  return (
    <Specimen caption={props.caption ? `${props.caption}, ${size}` : size}>
      <SealFace {...props} />
    </Specimen>
  );
}

/** Ten millimetres at the page's scale. */
export function MmScaleBar(props: { pxPerMm: number }): ReactElement {
  const t = useText("parts");
  return (
    <span className="scale-bar" role="img" aria-label={t("face.scaleLabel")}>
      <span className="scale-bar-line" style={{ width: 10 * props.pxPerMm }} />
      <span aria-hidden>{t("face.scale")}</span>
    </span>
  );
}

/** A ruler in mm along the top or the left of a face: long strokes at 10 mm, shorter at 5, shortest at 1. */
export function MmRuler(props: { lengthMm: number; pxPerMm: number; side: "top" | "left" }): ReactElement {
  const length = props.lengthMm * props.pxPerMm;
  const strokes = Array.from({ length: Math.floor(props.lengthMm) + 1 }, (_, mm) => {
    const at = formatMm(mm * props.pxPerMm);
    const reach = mm % 10 === 0 ? 8 : mm % 5 === 0 ? 6 : 4;
    return props.side === "top" ? `M${at} 8v-${reach}` : `M8 ${at}h-${reach}`;
  });
  return (
    <svg
      className={`ruler ruler-${props.side}`}
      width={props.side === "top" ? length + 1 : 9}
      height={props.side === "top" ? 9 : length + 1}
      aria-hidden="true"
      focusable="false"
    >
      <path d={strokes.join("")} fill="none" stroke="currentColor" />
    </svg>
  );
}
