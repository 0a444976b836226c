import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { LastBacktest } from "./backtest-card.tsx";
import { ChangeList } from "./changes-card.tsx";
import { FaultNotes } from "./faults.tsx";
import { versionQuery } from "./queries.ts";
import { namedRequestsForm } from "./running-form.tsx";
import { countChanges } from "./shown.ts";
import { Weakened } from "./weakened.tsx";
import "./rules.css";

/** Who decides reads every row that would change, as it is and as it would be. */
function ChangeRulesFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("rulesOfUse");
  const versionId = String(matter.data.versionId);
  const { data, error } = useQuery(versionQuery(versionId));
  if (error) return <ErrorPanel error={error} />;
  if (!data) return <LinesSkeleton lines={4} />;
  return (
    <div className="stack stack-tight">
      <Weakened warnings={data.warnings} />
      <FaultNotes faults={data.faults} />
      <h3>{t("matterFacts.changes")}</h3>
      {countChanges(data) === 0 ? <p className="note">{t("matterFacts.none")}</p> : <ChangeList reading={data} />}
      <LastBacktest versionId={versionId} />
      <p>
        <Link to={paths.rulesVersion(versionId)}>
          {t(data.version.inForceAt ? "matterFacts.readDone" : "matterFacts.read")}
        </Link>
      </p>
    </div>
  );
}

export const ruleForms: { readonly "change-rules": MatterForm; readonly "apply-rules": MatterForm } = {
  "change-rules": { concerns: [], dated: true, ownPage: "rules", Facts: ChangeRulesFacts },
  "apply-rules": namedRequestsForm,
};
