import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Installation } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { installationQuery, mayUse, useSession } from "../../session.ts";

/** What this installation is and where its keys are. */
export function SettingsPage(): ReactElement {
  const t = useText("settings");
  const session = useSession();
  const { data, error, refetch } = useQuery(installationQuery);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="stack">
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {data ? <InstallationCard installation={data} /> : <LinesSkeleton lines={5} />}
        {mayUse(session, "ledger.check") && (
          <p>
            <Link to={paths.ledger}>{t("ledger")}</Link>
          </p>
        )}
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
