import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { layOutPath } from "./path-layout.ts";
import type { LeafProof } from "./prover.ts";

type Proved = Extract<LeafProof, { state: "proved" }>;

/** The way from the entry to the signed root as a small tree: filled is computed here, hollow is given by the proof. */
export function PathPicture(props: { proof: Proved }): ReactElement {
  const { leaf, leafHash, steps, checkpoint } = props.proof;
  const t = useText("ledger");
  const { width, height, nodes, lines } = layOutPath(leafHash, steps);
  const label = t("proof.pathLabel", { count: steps.length, leaf, size: checkpoint.size });
  return (
    <figure className="path">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
        {lines.map((line) => (
          <line
            key={`${line.x1} ${line.y1}`}
            className={line.own ? "path-own" : "path-given"}
            x1={line.x1}
            y1={line.y1}
            x2={line.x2}
            y2={line.y2}
          />
        ))}
        {nodes.map((node) => (
          <g key={`${node.x} ${node.y}`} className={`path-${node.kind}`}>
            <circle cx={node.x} cy={node.y} r={node.kind === "root" || node.kind === "leaf" ? 7 : 5.5} />
            <text
              x={node.label === "left" ? node.x - 13 : node.x + 13}
              y={node.y + 4}
              textAnchor={node.label === "left" ? "end" : "start"}
            >
              {node.hash}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className="path-legend">
        <span className="path-legend-computed">{t("proof.legend.computed")}</span>
        <span className="path-legend-given">{t("proof.legend.given")}</span>
        <span className="path-legend-root">{t("proof.legend.root")}</span>
      </figcaption>
    </figure>
  );
}
