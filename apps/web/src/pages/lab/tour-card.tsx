import { Button } from "antd";
import { type ReactElement, useRef } from "react";
import { useText } from "../../i18n/i18n.ts";
import { type Step, StepBar } from "../../parts/step-bar.tsx";
import type { Lab } from "./lab.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { findTour, makeMove, tourSteps } from "./tour.ts";

/** The guided tour: where it stands, what to do next, and one button that does it. */
export function TourCard(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  // While something is under way, the tour stays where it is: states in between are nobody's next move.
  const rested = useRef(now);
  if (!now.busy) rested.current = now;
  const { step, move } = findTour(rested.current);
  const at = step === "done" ? tourSteps.length : tourSteps.indexOf(step);
  const before = at === 0 ? undefined : tourSteps[at - 1];
  const steps = tourSteps.map(
    (name, index): Step => ({
      key: name,
      title: t(`tour.steps.${name}.title`),
      state: index < at ? "done" : index === at ? "now" : "todo",
    }),
  );
  return (
    <section className="card lab-tour" aria-labelledby="lab-tour" data-over={step === "done"}>
      <div className="lab-tour-steps">
        <StepBar steps={steps} label={t("tour.label")} />
      </div>
      <div className="lab-tour-now">
        <div className="lab-tour-words">
          <h2 id="lab-tour">
            {step === "done"
              ? t("tour.over")
              : `${t("tour.at", { step: at + 1, total: tourSteps.length })}: ${t(`tour.steps.${step}.title`)}`}
          </h2>
          {before && <p className="note lab-tour-done">{t(`tour.steps.${before}.done`)}</p>}
          <p>{step === "done" ? t("tour.overSay") : t(`tour.steps.${step}.say`)}</p>
        </div>
        {move && (
          <Button
            type="primary"
            size="large"
            className="lab-tour-next"
            onClick={() => {
              if (!lab.snapshot().busy) void lab.do(() => makeMove(lab, move));
            }}
          >
            {t(`moves.${move}`)}
          </Button>
        )}
      </div>
    </section>
  );
}
