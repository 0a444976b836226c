import type { ReactElement } from "react";
import { type FormatContext, formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { CheckResult } from "./queries.ts";

type Person = CheckResult["sealing"]["custodians"][number];
const STEP_KINDS = ["unit-head", "legal-review", "signatory"] as const;

/** Who decides, in which order and why; then who releases, and who confirms where the seal is important. */
export function ReviewRoute(props: { check: CheckResult }): ReactElement {
  const { check } = props;
  const t = useText("apply");
  const words = useText("requests");
  const language = useLanguage();
  const { custodians, supervisionNeeded, confirmers } = check.sealing;
  return (
    <section className="card" aria-labelledby="apply-route">
      <header>
        <h2 id="apply-route">{t("review.route")}</h2>
      </header>
      {check.route.length === 0 ? (
        <p className="card-body note">{t("review.noRoute")}</p>
      ) : (
        <ol className="rows route-preview">
          {check.route.map((step, index) => {
            const kind = STEP_KINDS.find((one) => one === step.kind);
            return (
              <li key={step.kind}>
                <span className="step-disc" aria-hidden>
                  {index + 1}
                </span>
                <div>
                  <strong>{kind ? words(`route.kinds.${kind}`) : step.kind}</strong>
                  <p>{namesOf(step.candidates, language, (names) => words("route.one", { names }))}</p>
                  <p className="note small">{step.why[language]}</p>
                </div>
              </li>
            );
          })}
          {custodians.length > 0 && (
            <li>
              <span className="step-disc" aria-hidden>
                {check.route.length + 1}
              </span>
              <div>
                <strong>{words("route.release")}</strong>
                <p>{namesOf(custodians, language, (names) => words("route.one", { names }))}</p>
              </div>
            </li>
          )}
          {supervisionNeeded && confirmers.length > 0 && (
            <li>
              <span className="step-disc" aria-hidden>
                {check.route.length + 2}
              </span>
              <div>
                <strong>{words("route.confirm")}</strong>
                <p>{namesOf(confirmers, language, (names) => words("route.one", { names }))}</p>
                <p className="note small">{t("review.important")}</p>
              </div>
            </li>
          )}
        </ol>
      )}
    </section>
  );
}

function namesOf(
  people: readonly Person[],
  language: FormatContext["language"],
  oneOf: (names: string) => string,
): string {
  const names = formatNames(
    people.map((person) => nameIn(person.name, language)),
    language,
  );
  return people.length > 1 ? oneOf(names) : names;
}
