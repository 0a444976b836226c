import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { Dialog } from "../parts/dialog.tsx";
import { ProofView } from "./proof-view.tsx";
import type { ProofTarget } from "./prover.ts";

/** The proof of a leaf in a dialog of its own. */
export function ProofDialog(props: { target: ProofTarget; onClose: () => void }): ReactElement {
  const t = useText("ledger");
  return (
    <Dialog title={t("proof.title", { leaf: props.target.leaf })} onClose={props.onClose}>
      <ProofView target={props.target} />
    </Dialog>
  );
}
