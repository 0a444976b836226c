import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { BeginDialog } from "./begin-dialog.tsx";
import { ExportButton } from "./export-button.tsx";
import { rulesQuery, type Version } from "./queries.ts";
import { RunningCard, RunningNote } from "./running-card.tsx";
import { TableCard } from "./table-card.tsx";
import { useVersionName, VersionTag } from "./version-names.tsx";
import { DraftsCard, VersionsCard } from "./versions-card.tsx";
import "./rules.css";

const VIEWS = ["scope", "route", "limits", "versions"] as const;

/** The rules of use in force, table by table; their versions, and for those who write them the drafts. */
export function RulesPage(): ReactElement {
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const moment = useMoment();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const { data, error, refetch } = useQuery(rulesQuery);
  const [from, setFrom] = useState<Version["versionId"] | null>(null);
  const nameOf = useVersionName(data?.starterSets ?? []);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const view = VIEWS.find((one) => one === search.view) ?? "scope";
  const { inForce, versions, mayWrite } = data;
  const { version } = inForce;
  const drafts = versions.filter((one) => one.state === "draft").length;
  return (
    <>
      <PageHeader
        title={t("title")}
        tags={
          <>
            <VersionTag state="in-force" />
            <span className="note">
              {nameOf(version)}
              {version.inForceAt && ` · ${t("since", { at: moment(version.inForceAt) })}`}
            </span>
          </>
        }
        lead={t("lead")}
        actions={
          <>
            <Link className="button-link button-link-quiet" to={paths.templates}>
              {t("toTemplates")}
            </Link>
            <ExportButton versionId={version.versionId} name={nameOf(version)} />
            {mayWrite && (
              <Button type="primary" onClick={() => setFrom(version.versionId)}>
                {t("act.begin")}
              </Button>
            )}
          </>
        }
      />
      <div className="stack">
        <div className="row">
          <LinkSegments
            label={t("views.label")}
            look="track"
            segments={VIEWS.map((one) => ({
              ...{ key: one, to: paths.rulesOfUse, text: t(`views.${one}`), current: one === view },
              search: one === "scope" ? {} : { view: one },
              ...(one !== "versions" ? { count: inForce.rules[one].rows.length } : {}),
            }))}
          />
        </div>
        {mayWrite && (drafts > 0 || view === "versions") && <DraftsCard data={data} />}
        {view === "versions" ? (
          <>
            {mayWrite && <RunningCard data={data} />}
            <VersionsCard data={data} onBegin={setFrom} />
          </>
        ) : (
          <>
            {mayWrite && <RunningNote />}
            <TableCard detail={inForce} data={data} table={view} />
            <p className="note small">{inForce.money[language]}</p>
          </>
        )}
      </div>
      {from !== null && <BeginDialog data={data} from={from} onClose={() => setFrom(null)} />}
    </>
  );
}
