import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { paths } from "../../paths.ts";
import { BacktestCard } from "./backtest-card.tsx";
import { BeginDialog } from "./begin-dialog.tsx";
import { CasesCard } from "./cases-card.tsx";
import { ChangesCard } from "./changes-card.tsx";
import { ExportButton } from "./export-button.tsx";
import { FaultNotes } from "./faults.tsx";
import type { CaseFacts, RulesPageData, VersionDetail } from "./queries.ts";
import { countChanges, firedIn, waitsForDecision } from "./shown.ts";
import { TableCard } from "./table-card.tsx";
import { useCases } from "./use-cases.ts";
import { isOwn } from "./use-draft.ts";
import { useVersionName, VersionTag } from "./version-names.tsx";
import { Weakened } from "./weakened.tsx";

const VIEWS = ["scope", "route", "limits", "changes"] as const;

/** A version that is not being written: its tables, what it changes or changed, and cases to try on it. */
export function VersionView(props: { data: RulesPageData; detail: VersionDetail }): ReactElement {
  const { data, detail } = props;
  const { version } = detail;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const moment = useMoment();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const [beginning, setBeginning] = useState(false);
  const name = useVersionName(data.starterSets)(version);
  const view = VIEWS.find((one) => one === search.view) ?? "scope";
  const cases = useCases(version.versionId, detail.rules);
  const answers = useAnswers(detail, cases.items);
  return (
    <>
      <PageHeader
        trail={[{ to: paths.rulesOfUse, name: t("title") }]}
        title={name}
        tags={<VersionTag state={version.state} />}
        lead={
          [
            version.inForceAt ? t("inForceAt", { at: moment(version.inForceAt) }) : "",
            version.replacedAt ? t("replacedAt", { at: moment(version.replacedAt) }) : "",
          ]
            .filter(Boolean)
            .join(" · ") || undefined
        }
        actions={
          <>
            <ExportButton versionId={version.versionId} name={name} />
            {data.mayWrite && !waitsForDecision(version) && (
              <Button onClick={() => setBeginning(true)}>{t("act.beginFrom")}</Button>
            )}
          </>
        }
      />
      <div className="stack">
        {version.state === "draft" && waitsForDecision(version) && version.matter && (
          <Message
            tone="action"
            title={t("editor.asked")}
            action={
              <Link className="inline-link" to={paths.matter(version.matter.matterId)}>
                {t("editor.openMatter")}
              </Link>
            }
          />
        )}
        {version.state === "draft" && (
          <>
            <Weakened warnings={detail.warnings} />
            <FaultNotes faults={detail.faults} />
          </>
        )}
        {version.outdated && (
          <Message tone="warning" title={t("editor.outdated")}>
            {t("editor.outdatedWhy")}
          </Message>
        )}
        <div className="row">
          <LinkSegments
            label={t("views.label")}
            look="track"
            segments={VIEWS.map((one) => ({
              ...{
                key: one,
                to: paths.rulesVersion(version.versionId),
                text: t(`views.${one}`),
                current: one === view,
              },
              search: one === "scope" ? {} : { view: one },
              count: one === "changes" ? countChanges(detail) : detail.rules[one].rows.length,
            }))}
          />
        </div>
        {view === "changes" ? (
          <>
            <ChangesCard reading={detail} title={t(version.inForceAt ? "changes.made" : "changes.against")} />
            {isOwn(version.versionId) && <BacktestCard versionId={version.versionId} />}
          </>
        ) : (
          <>
            <TableCard detail={detail} data={data} table={view} fired={firedIn(answers?.[cases.chosen], view)} />
            <p className="note small">{detail.money[language]}</p>
          </>
        )}
        <CasesCard columns={data.columns.scope} cases={cases} answers={answers} />
      </div>
      {beginning && <BeginDialog data={data} from={version.versionId} onClose={() => setBeginning(false)} />}
    </>
  );
}

function useAnswers({ version: { versionId } }: VersionDetail, cases: readonly CaseFacts[]) {
  const { data } = useQuery({
    queryKey: ["rules", "tried", versionId, cases],
    queryFn: () =>
      api("POST /v1/rules/versions/:versionId/try", { params: { versionId }, body: { cases: [...cases] } }),
    placeholderData: keepPreviousData,
  });
  return data?.answers;
}
