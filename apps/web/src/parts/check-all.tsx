import { useQueries } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../i18n/i18n.ts";
import { leafProofQuery } from "../proof/leaf-proof.ts";
import { tallyProofs } from "../proof/tally.ts";
import type { Evidence } from "./evidence-badge.tsx";
import { ProofIcon } from "./icons.tsx";
import { Message } from "./message.tsx";

/** Proves all entries of a list in this browser, on demand, and says what came of it. */
export function CheckAll(props: { evidences: readonly Evidence[] }): ReactElement | null {
  const t = useText("parts");
  const [asked, setAsked] = useState(false);
  const targets = props.evidences.flatMap(({ leaf, expected }) => (leaf === null ? [] : [{ leaf, expected }]));
  const proofs = useQueries({
    queries: targets.map((target) => ({ ...leafProofQuery(target), enabled: asked })),
    combine: (results) => results.map((one) => (one.isError ? null : one.data)),
  });
  if (targets.length === 0) return null;
  const tally = tallyProofs(proofs);
  if (!asked)
    return (
      <div>
        <Button size="small" icon={<ProofIcon />} onClick={() => setAsked(true)}>
          {t("proof.checkAll", { count: targets.length })}
        </Button>
      </div>
    );
  switch (tally.state) {
    case "working":
      return (
        <div className="progress" role="status">
          <span>{t("proof.checking", { done: tally.done, count: tally.of })}</span>
          <progress aria-label={t("proof.checkAll", { count: tally.of })} value={tally.done} max={tally.of} />
        </div>
      );
    case "hold":
      return (
        <Message tone="success" title={t("proof.allHold", { count: tally.of })} live>
          {t("proof.allHoldWhy", { size: tally.size })}
        </Message>
      );
    case "fail":
      return (
        <Message tone="problem" title={t("proof.someFail", { count: tally.count })} live>
          {t("proof.someFailWhy")}
        </Message>
      );
    case "open":
      return (
        <Message tone="warning" title={t("proof.someOpen", { count: tally.count })} live>
          {t("proof.someOpenWhy")}
        </Message>
      );
  }
}
