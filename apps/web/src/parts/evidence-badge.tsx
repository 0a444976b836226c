import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { DashedCircleIcon, OctagonIcon, ProofIcon } from "./icons.tsx";

/**
 * Where a record stands in the ledger. `proved` is said only by what was computed in this browser; what the server says
 * alone is `listed`. `pending` has no leaf yet.
 */
export type Evidence =
  | { readonly state: "proved" | "listed" | "fails"; readonly leaf: number }
  | { readonly state: "pending" };

/** The badge of a ledger leaf; opens the proof where `onOpen` is given. */
export function EvidenceBadge(props: { evidence: Evidence; onOpen?: () => void }): ReactElement {
  const t = useText("parts");
  const { evidence } = props;
  const word =
    evidence.state === "pending"
      ? t("proof.pending")
      : evidence.state === "fails"
        ? t("proof.fails")
        : t("leaf", { leaf: evidence.leaf });
  const inside = (
    <>
      {evidence.state === "pending" ? (
        <DashedCircleIcon />
      ) : evidence.state === "fails" ? (
        <OctagonIcon />
      ) : (
        <ProofIcon />
      )}
      <span>{word}</span>
      {(evidence.state === "proved" || evidence.state === "listed") && (
        <span className="unseen">{t(`proof.${evidence.state}`, { leaf: evidence.leaf })}</span>
      )}
    </>
  );
  if (!props.onOpen || evidence.state === "pending")
    return (
      <span className="evidence" data-evidence={evidence.state}>
        {inside}
      </span>
    );
  return (
    <button
      type="button"
      className="evidence"
      data-evidence={evidence.state}
      title={t("proof.show", { leaf: evidence.leaf })}
      onClick={props.onOpen}
    >
      {inside}
    </button>
  );
}

/** The evidence of a leaf index as the server gives it. */
export function listedLeaf(leaf: number | null): Evidence {
  return leaf === null ? { state: "pending" } : { state: "listed", leaf };
}
