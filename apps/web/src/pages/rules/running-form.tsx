import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { runningQuery } from "./queries.ts";
import { RunningLine, usePromised } from "./running-line.tsx";
import { RunningTicks } from "./running-ticks.tsx";
import { useRunning } from "./use-running.ts";
import "./rules.css";

/** What is named, for who decides; once it was carried out, what became of each. */
function NamedFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("rulesOfUse");
  const promisedOf = usePromised();
  const { items = [], untold = 0 } = matter.runningRequests ?? {};
  return (
    <div className="stack stack-tight">
      <h3>{t("running.named")}</h3>
      {matter.state !== "done" && <p className="note">{t("running.whatHappens")}</p>}
      <ul className="rows">
        {items.map((request) => (
          <li key={request.requestId} className="rows-line running-row">
            <RunningLine request={request} promised={promisedOf(request)} />
            <span className="row">
              {request.outcome === null ? (
                <StateTag kind="request" state={request.state} />
              ) : (
                <Tag
                  tone={request.outcome === "returned" ? "success" : "ended"}
                  sign={request.outcome === "returned" ? "check" : "box"}
                >
                  {t(`running.outcomes.${request.outcome}`)}
                </Tag>
              )}
            </span>
          </li>
        ))}
      </ul>
      {untold > 0 && <p className="note">{t("running.untold", { count: untold })}</p>}
      <p>
        <Link to={paths.rulesVersion(String(matter.data.versionId))}>{t("running.readRules")}</Link>
      </p>
    </div>
  );
}

/** A matter that was returned is written again with what may still be named, under the rules in force now. */
const NamedFields: NonNullable<MatterForm["Fields"]> = ({ data, onChange }) => {
  const t = useText("rulesOfUse");
  const { data: running, error } = useQuery(runningQuery);
  const wanted = Array.isArray(data.requestIds) ? data.requestIds.map(String) : [];
  const [before] = useState(wanted);
  const list = useRunning(wanted, before);
  if (error) return <ErrorPanel error={error} />;
  if (!running) return <LinesSkeleton lines={4} />;
  return (
    <div className="stack stack-tight">
      <h3>{t("running.title")}</h3>
      {running.total === 0 && <p className="note">{t("running.none")}</p>}
      <RunningTicks
        list={list}
        most={running.most}
        onChange={(requestIds) => onChange({ versionId: running.inForce, requestIds })}
      />
    </div>
  );
};

export const namedRequestsForm: MatterForm = {
  ...{ concerns: [], dated: true, ownPage: true },
  ...{ Fields: NamedFields, Facts: NamedFacts },
};
