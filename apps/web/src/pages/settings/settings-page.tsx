import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api, type Installation } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message, type MessageTone } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import { installationQuery, mayUse, useSession } from "../../session.ts";
import { SettingsTabs } from "./settings-tabs.tsx";

/** What this installation is, where its keys are, and whether its ledger holds. */
export function SettingsPage(): ReactElement {
  const t = useText("settings");
  const session = useSession();
  const { data, error, refetch } = useQuery(installationQuery);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <SettingsTabs current="installation" />
      <div className="columns">
        <div className="stack">{mayUse(session, "ledger.check") && <LedgerCard />}</div>
        <div className="stack">
          <ErrorPanel error={error} onRetry={() => void refetch()} />
          {data ? <InstallationCard installation={data} /> : <LinesSkeleton lines={5} />}
        </div>
      </div>
    </>
  );
}

function InstallationCard(props: { installation: Installation }): ReactElement {
  const { installation } = props;
  const t = useText("settings");
  const language = useLanguage();
  return (
    <section className="card" aria-label={t("installation.title")}>
      <header>
        <h2>{t("installation.title")}</h2>
      </header>
      <div className="card-body stack">
        <dl className="facts">
          <dt>{t("installation.organisation")}</dt>
          <dd>{installation.name ? nameIn(installation.name, language) : "–"}</dd>
          <dt>{t("installation.kind")}</dt>
          <dd>{installation.state === "sample" ? t("installation.sample") : t("installation.live")}</dd>
          <dt>{t("installation.version")}</dt>
          <dd className="mono">{installation.version}</dd>
        </dl>
        <ul className="rows">
          {installation.checks.map((check) => (
            <li key={check.id} className="rows-line check-line" data-state={check.state}>
              <SignIcon sign={check.state === "good" ? "check" : "warning"} />
              <span>
                <strong>{t(`installation.checks.${check.id}`)}</strong>
                <br />
                <span className="note">{check.detail[language]}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const TONES: Readonly<Record<"good" | "bad" | "running" | "never", MessageTone>> = {
  good: "success",
  bad: "problem",
  running: "action",
  never: "warning",
};

function LedgerCard(): ReactElement {
  const t = useText("settings");
  const language = useLanguage();
  const moment = useMoment();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ["ledger", "state"],
    queryFn: () => api("GET /v1/ledger/state"),
    refetchInterval: (query) => (query.state.data?.check.state === "running" ? 1_000 : false),
  });
  const check = useMutation({
    mutationFn: () => api("POST /v1/ledger/check"),
    onSettled: () => queries.invalidateQueries({ queryKey: ["ledger", "state"] }),
  });
  return (
    <section className="card" aria-label={t("ledger.title")}>
      <header>
        <h2>{t("ledger.title")}</h2>
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {t("ledger.checkNow")}
        </Button>
      </header>
      <div className="card-body stack">
        <ErrorPanel error={check.error ?? error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={5} />}
        {data && (
          <>
            <Message tone={TONES[data.check.state]} title={t(`ledger.states.${data.check.state}`)} live>
              {data.check.at && t("ledger.checked", { at: moment(data.check.at), leaves: data.check.leaves })}
              {data.check.findings.map((finding) => (
                <p key={`${finding.code} ${finding.text.en}`}>{finding.text[language]}</p>
              ))}
            </Message>
            <dl className="facts">
              <dt>{t("ledger.size")}</dt>
              <dd>{data.size}</dd>
              <dt>{t("ledger.pending")}</dt>
              <dd>{data.pending}</dd>
              <dt>{t("ledger.checkpoint")}</dt>
              <dd>
                {data.checkpointSize}
                {data.checkpointAt && ` · ${moment(data.checkpointAt)}`}
              </dd>
              <dt>{t("ledger.key")}</dt>
              <dd className="mono digest">{data.key}</dd>
            </dl>
            <p className="note small">{t("ledger.keyWhy")}</p>
          </>
        )}
      </div>
    </section>
  );
}
