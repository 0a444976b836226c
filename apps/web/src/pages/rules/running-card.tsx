import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { titleInBoth, useText } from "../../i18n/i18n.ts";
import { ApprovalDialog } from "../../parts/approval-dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { type RulesPageData, refreshRules, runningQuery } from "./queries.ts";
import { RunningTicks } from "./running-ticks.tsx";
import { useRunning } from "./use-running.ts";

/** Requests in review that keep earlier rules: those for which the rules in force are to hold are named, with a reason. */
export function RunningCard(props: { data: RulesPageData }): ReactElement {
  const t = useText("rulesOfUse");
  const queries = useQueryClient();
  const { data: running, error } = useQuery(runningQuery);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const list = useRunning(ticked);
  const { chosen } = list;
  return (
    <section className="card" aria-labelledby="running-title">
      <header>
        <h2 id="running-title">{t("running.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("running.lead")}</p>
        <ErrorPanel error={error ?? list.pages.error} />
        {!running && !error && <LinesSkeleton lines={3} />}
        {running?.total === 0 && <p>{t("running.none")}</p>}
      </div>
      {running && running.total > 0 && (
        <>
          <RunningTicks list={list} most={running.most} onChange={setTicked} />
          <div className="card-body stack stack-tight">
            {props.data.mayAskIn.length > 0 && (
              <div className="row">
                <Button type="primary" disabled={chosen.length === 0} onClick={() => setAsking(true)}>
                  {t("running.propose")}
                </Button>
                <span className="note" aria-live="polite">
                  {t("running.chosen", { count: chosen.length })}
                </span>
              </div>
            )}
          </div>
        </>
      )}
      {asking && running && (
        <ApprovalDialog
          kind="apply-rules"
          title={t("running.ask")}
          lead={t("running.askLead", { count: chosen.length })}
          entities={props.data.mayAskIn}
          prepare={async () => ({
            title: await titleInBoth("rulesOfUse", (say) => say("running.matter", { count: chosen.length })),
            data: { versionId: running.inForce, requestIds: chosen },
          })}
          onChanged={() => {
            setTicked([]);
            return refreshRules(queries);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

/** Beside the tables: that running requests keep earlier rules. */
export function RunningNote(): ReactElement | null {
  const t = useText("rulesOfUse");
  const { data: running } = useQuery(runningQuery);
  if (!running || running.total === 0) return null;
  return (
    <p className="note">
      {t("running.note", { count: running.total })}{" "}
      <Link className="inline-link" to={paths.rulesOfUse} search={{ view: "versions" }}>
        {t("running.see")}
      </Link>
    </p>
  );
}
