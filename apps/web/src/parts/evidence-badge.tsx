import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { loadTexts, useText } from "../i18n/i18n.ts";
import type { ExpectedEntry } from "../proof/expected-entry.ts";
import { leafProofQuery } from "../proof/leaf-proof.ts";
import type { ProofTarget } from "../proof/prover.ts";
import { DashedCircleIcon, OctagonIcon, ProofIcon } from "./icons.tsx";

/** Where a record stands in the ledger as the server says, and what the page says of it. No leaf: not in a checkpoint yet. */
export interface Evidence {
  readonly leaf: number | null;
  readonly expected: ExpectedEntry;
}

/**
 * The evidence of a leaf index as the server gives it. `said` is what the page shows of the event: the proof holds only
 * if the entry says the same.
 */
export function listedLeaf(leaf: number | null, said: ExpectedEntry = {}): Evidence {
  const { eventId, type, at, facts, text } = said;
  return {
    leaf,
    expected: {
      ...(eventId === undefined ? {} : { eventId }),
      ...(type === undefined ? {} : { type }),
      ...(at === undefined ? {} : { at }),
      ...(facts === undefined ? {} : { facts }),
      ...(text === undefined ? {} : { text }),
    },
  };
}

/** What this browser has computed of an evidence so far: `listed` is the server's word alone. */
export type EvidenceState = "pending" | "listed" | "proved" | "fails";

/** The state of an evidence, followed: it changes when its proof is computed anywhere on the page. */
export function useEvidenceState(evidence: Evidence | undefined): EvidenceState {
  const target: ProofTarget = { leaf: evidence?.leaf ?? -1, expected: evidence?.expected ?? {} };
  const { data } = useQuery({ ...leafProofQuery(target), enabled: false });
  if (evidence === undefined || evidence.leaf === null) return "pending";
  return data === undefined || data.state === "open" ? "listed" : data.state;
}

const ProofDialog = lazy(async () => {
  const [module] = await Promise.all([import("../proof/proof-dialog.tsx"), loadTexts(["ledger"])]);
  return { default: module.ProofDialog };
});

/**
 * The badge of a ledger leaf. It opens the proof, which is computed in this browser, and turns green by that alone;
 * never by what a server says.
 */
export function EvidenceBadge(props: { evidence: Evidence }): ReactElement {
  const t = useText("parts");
  const { evidence } = props;
  const state = useEvidenceState(evidence);
  const [open, setOpen] = useState(false);
  const { leaf, expected } = evidence;
  if (leaf === null)
    return (
      <span className="evidence" data-evidence="pending">
        <DashedCircleIcon />
        <span>{t("proof.pending")}</span>
      </span>
    );
  return (
    <>
      <button
        type="button"
        className="evidence"
        data-evidence={state}
        title={t("proof.show", { leaf })}
        onClick={() => setOpen(true)}
      >
        {state === "fails" ? <OctagonIcon /> : <ProofIcon />}
        <span>{state === "fails" ? t("proof.fails") : t("leaf", { leaf })}</span>
        {state !== "fails" && (
          <span className="unseen">{t(state === "proved" ? "proof.proved" : "proof.listed", { leaf })}</span>
        )}
      </button>
      {open && (
        <Suspense fallback={null}>
          <ProofDialog target={{ leaf, expected }} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
