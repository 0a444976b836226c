import { type ReactElement, useId } from "react";
import { type FormatContext, formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { SignIcon } from "../../parts/state-tag.tsx";
import { groupSteps } from "../requests/route-groups.ts";
import { sayDeciders } from "../requests/say-deciders.ts";
import type { CheckResult } from "./queries.ts";

type Person = CheckResult["sealing"]["custodians"][number];
type Step = CheckResult["route"][number];

/** Who decides, in which order and why; then who releases, and who confirms where the seal is important. */
export function ReviewRoute(props: {
  check: Pick<CheckResult, "route" | "sealing" | "fallen">;
  /** Whose route it is, where two entities decide. */
  entity?: string;
}): ReactElement {
  const { check, entity } = props;
  const t = useText("apply");
  const sides = useText("joint");
  const titleId = useId();
  const words = useText("requests");
  const language = useLanguage();
  const groups = groupSteps(check.route);
  const stages = new Set(groups.map((group) => group.stage)).size;
  const { custodians, supervisionNeeded, confirmers } = check.sealing;
  return (
    <section className="card" aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{entity === undefined ? t("review.route") : sides("review.route", { name: entity })}</h2>
      </header>
      {check.route.length === 0 ? (
        <p className="card-body note">{t("review.noRoute")}</p>
      ) : (
        <ol className="rows route-preview">
          {groups.map((group) => (
            <li key={`${group.stage} ${group.steps[0]?.group}`}>
              <span className="step-disc" aria-hidden>
                {group.stage + 1}
              </span>
              <div>
                <strong>{group.title ? nameIn(group.title, language) : words(`route.kinds.${group.kind}`)}</strong>
                {group.beside && <span className="note small"> · {words("route.beside")}</span>}
                <p>{sayDeciders(group, language, words)}</p>
                <KeptStep steps={group.steps} />
                <WhyStep step={group.steps[0]} />
              </div>
            </li>
          ))}
          {custodians.length > 0 && (
            <li>
              <span className="step-disc" aria-hidden>
                {stages + 1}
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
                {stages + 2}
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
      <FallenSteps fallen={check.fallen} />
    </section>
  );
}

/** What the round that was returned had, and the next one has not. */
function FallenSteps(props: { fallen: CheckResult["fallen"] }): ReactElement | null {
  const t = useText("apply");
  const words = useText("requests");
  const language = useLanguage();
  if (props.fallen.length === 0) return null;
  return (
    <ul className="card-body stack stack-tight said-list" aria-label={t("review.fallen")}>
      {props.fallen.map(({ kind, title, people, why }) => (
        <li key={`${kind} ${people.map(({ personId }) => personId).join(" ")}`} className="note">
          <SignIcon sign="warning" /> {title ? nameIn(title, language) : words(`route.kinds.${kind}`)} ·{" "}
          {formatNames(
            people.map((person) => nameIn(person.name, language)),
            language,
          )}
          {": "}
          {why[language]}
        </li>
      ))}
    </ul>
  );
}

/** Of a request that was returned: who needs not agree again, or why the step is asked again. */
function KeptStep(props: { steps: readonly Step[] }): ReactElement | null {
  const t = useText("apply");
  const language = useLanguage();
  const recent = useRecent();
  const kept = props.steps.flatMap((step) => (step.kept ? [step.kept] : []));
  const again = props.steps.find((step) => step.again)?.again;
  return (
    <>
      {kept.map(({ by, at }) => (
        <p key={by?.personId ?? at}>
          <SignIcon sign="check" /> {t("review.kept", { name: by ? nameIn(by.name, language) : "", at: recent(at) })}
        </p>
      ))}
      {again && (
        <p className="note">
          <SignIcon sign="warning" /> {again[language]}
        </p>
      )}
    </>
  );
}

/** Why the step is asked for: the rule's own reason, else who was chosen. */
function WhyStep(props: { step: Step | undefined }): ReactElement | null {
  const { step } = props;
  const words = useText("requests");
  const language = useLanguage();
  if (!step) return null;
  return (
    <>
      <p className="note small">{step.rule ? step.rule.reason[language] : step.why[language]}</p>
      {step.rule && <p className="note small">{step.rule.when[language]}</p>}
      {step.usual && (
        <p className="note small">{words(`route.usual.${step.usual.unit}`, { count: step.usual.count })}</p>
      )}
      {step.hours !== null && <p className="note small">{words("route.hours", { count: step.hours })}</p>}
    </>
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
