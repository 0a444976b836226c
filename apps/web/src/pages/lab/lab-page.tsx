import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag } from "../../parts/state-tag.tsx";
import { BoxCard } from "./box-card.tsx";
import { CheatsCard } from "./cheats-card.tsx";
import { HappenedCard, SpokenEvents } from "./happened-card.tsx";
import { JournalCard } from "./journal-card.tsx";
import type { Lab } from "./lab.ts";
import { issuer } from "./lab-platform.ts";
import { MachineCard } from "./machine-card.tsx";
import { PaperCard } from "./paper-card.tsx";
import { PlatformCard } from "./platform-card.tsx";
import { TokenCard } from "./token-card.tsx";
import { TourCard } from "./tour-card.tsx";
import { canSign, useLab, useSnapshot } from "./use-lab.ts";
import "./lab.css";
import "./lab-box.css";

/** A seal controller and its platform, both in this page: to see what such a box does, and what it does not let happen. */
export function LabPage(): ReactElement {
  const t = useText("lab");
  if (canSign()) return <Started />;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Message tone="warning" title={t("noCrypto.title")}>
        <p>{t("noCrypto.why")}</p>
        <p>{t("noCrypto.way")}</p>
      </Message>
    </>
  );
}

function Started(): ReactElement {
  const t = useText("lab");
  const { lab, error, reset } = useLab();
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        tags={<FactTag>{t("grade")}</FactTag>}
        actions={<Button onClick={reset}>{t("reset")}</Button>}
      />
      <ErrorPanel error={error} onRetry={reset} />
      {lab === undefined ? error === undefined && <PageSkeleton /> : <Bench lab={lab} />}
      <p className="note small lab-memory">{t("memory", { issuer })}</p>
    </>
  );
}

/** The box and what lies under it at the left, what comes of it at the right; on a phone one after the other. */
function Bench(props: { lab: Lab }): ReactElement {
  const { lab } = props;
  const now = useSnapshot(lab);
  return (
    <>
      <SpokenEvents now={now} />
      <div className="lab">
        <div className="lab-column">
          <BoxCard lab={lab} now={now} />
          <PaperCard now={now} />
          <MachineCard lab={lab} now={now} />
        </div>
        <div className="lab-column">
          <TourCard lab={lab} now={now} />
          <HappenedCard now={now} />
          <JournalCard now={now} />
          <PlatformCard lab={lab} now={now} />
          <TokenCard token={now.token} />
        </div>
      </div>
      <CheatsCard lab={lab} now={now} />
    </>
  );
}
