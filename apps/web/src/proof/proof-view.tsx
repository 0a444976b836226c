import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import type { text as ledgerText } from "../i18n/ledger.en.ts";
import { useMoment } from "../i18n/use-format.ts";
import { CommandLine, CommandsNote } from "../parts/command-line.tsx";
import { ErrorPanel } from "../parts/error-panel.tsx";
import { Message } from "../parts/message.tsx";
import { LinesSkeleton } from "../parts/skeletons.tsx";
import { prover } from "./browser-prover.ts";
import { readEntry, writeEntry } from "./expected-entry.ts";
import { faultKindOf } from "./fault-kind.ts";
import { KeyTrust } from "./key-trust.tsx";
import { leafProofQuery } from "./leaf-proof.ts";
import { writeHex } from "./path-layout.ts";
import { PathPicture } from "./path-picture.tsx";
import { addressOfProof } from "./proof-address.ts";
import type { LeafProof, ProofTarget } from "./prover.ts";
import "./proof.css";

type Proved = Extract<LeafProof, { state: "proved" }>;
type EventKey = keyof (typeof ledgerText)["events"];

/** The proof of one leaf: computed when this is shown, answer first, then what it rests on and how to do without us. */
export function ProofView(props: { target: ProofTarget }): ReactElement {
  const t = useText("ledger");
  const { data: proof, error, refetch, isFetching } = useQuery(leafProofQuery(props.target));
  return (
    <>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!proof && !error && (
        <>
          <p className="note">{t("proof.working")}</p>
          <LinesSkeleton lines={4} />
        </>
      )}
      {proof?.state === "proved" && <ProvedLeaf proof={proof} />}
      {proof?.state === "fails" && (
        <Message tone="problem" title={t("proof.fails")} live>
          <p>{t(`proof.faults.${faultKindOf(proof.code)}`)}</p>
          <p>{t("proof.failsDo")}</p>
          <p className="mono small">{t("proof.code", { code: proof.code })}</p>
        </Message>
      )}
      {proof?.state === "open" && (
        <Message
          tone="warning"
          title={t("proof.open")}
          live
          {...(proof.reason === "not-published"
            ? {
                action: (
                  <Button size="small" loading={isFetching} onClick={() => void refetch()}>
                    {t("proof.again")}
                  </Button>
                ),
              }
            : {})}
        >
          {t(`proof.reasons.${proof.reason}`)}
        </Message>
      )}
      {proof && proof.state !== "open" && <Offline target={props.target} />}
    </>
  );
}

function ProvedLeaf(props: { proof: Proved }): ReactElement {
  const { proof } = props;
  const t = useText("ledger");
  const moment = useMoment();
  const { checkpoint, steps, body, leafHash } = proof;
  const { type, at } = readEntry(body);
  return (
    <>
      <Message tone="success" title={t("proof.proved")} live>
        {t("proof.provedWhy", { count: steps.length, size: checkpoint.size })}
      </Message>
      <dl className="facts">
        <dt>{t("proof.what")}</dt>
        <dd>{t(`events.${type as EventKey}`, { defaultValue: type })}</dd>
        <dt>{t("proof.when")}</dt>
        <dd>{at === "" ? "–" : moment(at)}</dd>
        <dt>{t("proof.size")}</dt>
        <dd>{t("proof.sizeValue", { size: checkpoint.size })}</dd>
        <dt>{t("proof.root")}</dt>
        <dd className="mono digest">{writeHex(checkpoint.root)}</dd>
        <dt>{t("proof.leafHash")}</dt>
        <dd className="mono digest">{writeHex(leafHash)}</dd>
      </dl>
      <details className="disclosure">
        <summary>{t("proof.body")}</summary>
        <pre className="words">{writeEntry(body)}</pre>
        <p className="note small">{t("proof.bodyWhy")}</p>
      </details>
      <section className="stack stack-tight">
        <h3>{t("proof.path")}</h3>
        <PathPicture proof={proof} />
        <details className="disclosure">
          <summary>{t("proof.hashes")}</summary>
          <ol className="hashes">
            {steps.map((step, index) => (
              <li key={writeHex(step.node)}>
                <span className="note">
                  {t("proof.step", { step: index + 1, side: t(step.side === "left" ? "proof.left" : "proof.right") })}
                </span>
                <span className="mono digest">{writeHex(step.sibling)}</span>
              </li>
            ))}
          </ol>
        </details>
      </section>
      <section className="stack stack-tight">
        <h3>{t("trust.title")}</h3>
        <KeyTrust known={proof.known} />
      </section>
    </>
  );
}

function Offline(props: { target: ProofTarget }): ReactElement {
  const { leaf, expected } = props.target;
  const t = useText("ledger");
  const key = prover.recall()?.key;
  return (
    <section className="stack stack-tight">
      <div className="row">
        <a className="small-button" href={addressOfProof(leaf, expected)} download>
          {t("proof.save")}
        </a>
      </div>
      {key && (
        <>
          <p className="note small">{t("proof.offline")}</p>
          <CommandsNote />
          <CommandLine command={`ledger verify leaf-${leaf}.tlog-proof --key ${key}`} />
        </>
      )}
    </section>
  );
}
