import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Message } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import type { NewestCheckpoint } from "../../proof/prover.ts";
import { mayUse, useSession } from "../../session.ts";
import { ledgerStateQuery } from "./ledger-state.ts";

/** The newest checkpoint as the server signed it, and whether that signature holds in this browser. */
export function CheckpointCard(props: {
  newest: NewestCheckpoint | undefined;
  asking: boolean;
  onAsk: () => void;
}): ReactElement {
  const { newest } = props;
  const t = useText("ledger");
  return (
    <section className="card" aria-labelledby="newest-title">
      <header>
        <h2 id="newest-title">{t("newest.title")}</h2>
        {newest?.state === "verified" && (
          <Tag tone="success" sign="check">
            {t("newest.verified")}
          </Tag>
        )}
        {newest?.state === "fails" && (
          <Tag tone="problem" sign="octagon">
            {t("newest.fails")}
          </Tag>
        )}
        {newest?.state === "open" && (
          <Tag tone="waiting" sign="dashed">
            {t("newest.unsupported")}
          </Tag>
        )}
        <Button size="small" loading={props.asking} onClick={props.onAsk}>
          {t("newest.refresh")}
        </Button>
      </header>
      <div className="card-body stack">
        {newest === undefined && <LinesSkeleton lines={6} />}
        {newest?.state === "none" && <EmptyState title={t("newest.none")}>{t("newest.noneWhy")}</EmptyState>}
        {newest?.state === "open" && (
          <Message tone="warning" title={t("newest.unsupported")}>
            {t("newest.unsupportedWhy")}
          </Message>
        )}
        {newest && newest.state !== "none" && <Checkpoint newest={newest} />}
      </div>
    </section>
  );
}

function Checkpoint(props: { newest: Exclude<NewestCheckpoint, { state: "none" }> }): ReactElement {
  const { newest } = props;
  const t = useText("ledger");
  const moment = useMoment();
  const session = useSession();
  const { data: state } = useQuery({ ...ledgerStateQuery, enabled: mayUse(session, "ledger.check") });
  // Shown as it is written; whether it holds is said beside, and decided elsewhere.
  const [origin = "", size = "", root = ""] = newest.note.split("\n");
  return (
    <>
      <dl className="facts">
        <dt>{t("newest.size")}</dt>
        <dd>
          <strong>{size}</strong>
        </dd>
        {state && (
          <>
            <dt>{t("newest.pending")}</dt>
            <dd>{state.pending}</dd>
          </>
        )}
        {state?.checkpointAt && String(state.checkpointSize) === size && (
          <>
            <dt>{t("newest.signedAt")}</dt>
            <dd>{moment(state.checkpointAt)}</dd>
          </>
        )}
        <dt>{t("newest.log")}</dt>
        <dd className="mono digest">{origin}</dd>
        <dt>{t("newest.root")}</dt>
        <dd className="mono digest">{root}</dd>
        <dt>{t("newest.key")}</dt>
        <dd className="mono digest">{newest.vkey}</dd>
      </dl>
      <details className="disclosure">
        <summary>{t("newest.note")}</summary>
        <pre className="words">{newest.note}</pre>
      </details>
      <div className="row">
        <a className="small-button" href="/v1/ledger/checkpoint" download="checkpoint.txt">
          {t("newest.saveCheckpoint")}
        </a>
        <a className="small-button" href="/v1/ledger/key" download="ledger-key.txt">
          {t("newest.saveKey")}
        </a>
      </div>
    </>
  );
}
