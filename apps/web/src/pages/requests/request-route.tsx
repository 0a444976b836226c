import type { ReactElement, ReactNode } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { SignIcon } from "../../parts/state-tag.tsx";
import { findLook, type Sign, type Tone } from "../../parts/states.ts";
import { useSession } from "../../session.ts";
import type { RequestDetail } from "./queries.ts";

type Person = RequestDetail["applicant"];

/** The route of a request: who decided or decides each step, then who releases and who confirms. */
export function RequestRoute(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const at = request.steps.findIndex((step) => step.state === "current");
  const { release, supervision } = request;
  const waitsForRelease = request.state === "authorised" && !release.by;
  const waitsForConfirmation = request.state === "authorised" && release.by !== null;
  return (
    <section className="card" aria-labelledby="route-title">
      <header>
        <h2 id="route-title">{t("route.title")}</h2>
        {at >= 0 && <span className="note">{t("route.progress", { step: at + 1, total: request.steps.length })}</span>}
      </header>
      <ol className="rows">
        {request.steps.map((step) => (
          <RouteLine
            key={step.stepId}
            title={t(`route.kinds.${step.kind}`)}
            look={findLook("step", step.state)}
            by={step.decidedBy}
            standsFor={step.decidedFor}
            at={step.decidedAt}
            candidates={step.candidates}
            current={step.state === "current"}
            method={step.decidedBy && step.method ? t(`route.method.${step.method}`) : undefined}
            comment={step.comment}
          />
        ))}
        {release.needed && (
          <RouteLine
            title={t("route.release")}
            look={findLook("step", release.by ? "approved" : waitsForRelease ? "current" : "waiting")}
            by={release.by}
            at={release.at}
            candidates={release.candidates}
            current={waitsForRelease}
            method={release.method ? t(`route.method.${release.method}`) : undefined}
          />
        )}
        {supervision.needed && (
          <RouteLine
            title={t("route.confirm")}
            look={findLook("step", supervision.by ? "approved" : waitsForConfirmation ? "current" : "waiting")}
            by={supervision.by}
            at={supervision.at}
            candidates={supervision.candidates}
            current={waitsForConfirmation && !supervision.by}
            method={supervision.method ? t(`route.method.${supervision.method}`) : undefined}
          />
        )}
      </ol>
    </section>
  );
}

function RouteLine(props: {
  title: string;
  look: { readonly tone: Tone; readonly sign: Sign };
  by: Person | null;
  /** In whose place. */
  standsFor?: Person | null;
  at: string | null;
  candidates: readonly Person[];
  current: boolean;
  method?: ReactNode;
  comment?: string | null;
}): ReactElement {
  const t = useText("requests");
  const language = useLanguage();
  const recent = useRecent();
  const me = useSession().person.personId;
  const nameOf = (person: Person): string => {
    const name = nameIn(person.name, language);
    return person.personId === me ? t("route.you", { name }) : name;
  };
  const decider = (by: Person): string =>
    props.standsFor
      ? t("timeline.actsFor", { name: nameOf(by), other: nameIn(props.standsFor.name, language) })
      : nameOf(by);
  const names = formatNames(props.candidates.map(nameOf), language);
  return (
    <li className="rows-line route-line" aria-current={props.current ? "step" : undefined}>
      <span className="route-sign" data-tone={props.look.tone}>
        <SignIcon sign={props.look.sign} />
      </span>
      <div className="grow">
        <strong>{props.title}</strong>{" "}
        <span>{props.by ? decider(props.by) : props.candidates.length > 1 ? t("route.one", { names }) : names}</span>
        {props.comment && <p className="typed note">{props.comment}</p>}
      </div>
      {props.at && (
        <span className="note small">
          {recent(props.at)}
          {props.method && <> · {props.method}</>}
        </span>
      )}
    </li>
  );
}
