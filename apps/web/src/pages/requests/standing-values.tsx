import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { FilledValues } from "./filled-values.tsx";
import type { RequestDetail } from "./queries.ts";

/** Under a standing authorisation nobody agreed to this document by itself: whoever releases or confirms it reads first what was filled in. */
export function StandingValues(props: { request: RequestDetail }): ReactElement | null {
  const { standing, actions, facts } = props.request;
  const t = useText("templates");
  const values = facts.templates.flatMap((template) => template.values);
  const acts = actions.includes("release") || actions.includes("confirm");
  if (standing === null || !acts || values.length === 0) return null;
  return (
    <section className="card standing-values" aria-labelledby="standing-values">
      <header>
        <h2 id="standing-values">{t("standingValues")}</h2>
      </header>
      <div className="card-body stack">
        <p>{t("standingValuesWhy")}</p>
        <FilledValues values={values} />
      </div>
    </section>
  );
}
