import { Button } from "antd";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import type { RequestDetail } from "./queries.ts";
import type { Asking } from "./step-dialog.tsx";

/** Fetched when it is asked for: few who decide ask anybody else, and its list of people is large to load. */
const StepDialog = lazy(async () => ({ default: (await import("./step-dialog.tsx")).StepDialog }));

/** For whoever is asked now: to ask a reviewer besides him, or to pass his part on to somebody who may decide it. */
export function StepPeople(props: { request: RequestDetail }): ReactElement | null {
  const t = useText("requests");
  const [asking, setAsking] = useState<Asking | null>(null);
  const { requestId, myStepId } = props.request;
  if (myStepId === null) return null;
  return (
    <section className="card" aria-labelledby="step-people-title">
      <header>
        <h2 id="step-people-title">{t("others.title")}</h2>
      </header>
      <div className="card-body row">
        <Button onClick={() => setAsking("add")}>{t("others.add")}</Button>
        <Button onClick={() => setAsking("pass")}>{t("others.pass")}</Button>
      </div>
      {asking && (
        <Suspense fallback={null}>
          <StepDialog asking={asking} requestId={requestId} stepId={myStepId} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </section>
  );
}
