import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { SignIcon, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { checkQuery } from "../apply/queries.ts";
import { useAskedPeople } from "./asked-people.ts";
import { findMissingNow } from "./missing-now.ts";
import type { RequestDetail } from "./queries.ts";
import { groupSteps } from "./route-groups.ts";

type Waiting = RequestDetail["waiting"][number];

/**
 * Why, in one place: what is missing now and since when, how long it usually takes, why this route, and, where the gate
 * would not let it through, why not.
 */
export function WhyCard(props: { request: RequestDetail; gate: ReactNode }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const edited = request.actions.includes("submit");
  return (
    <section className="card" aria-labelledby="why-title">
      <header>
        <h2 id="why-title">{t("why.title")}</h2>
      </header>
      <div className="card-body stack">
        <Missing request={request} />
        {edited && <BeforeSubmitting request={request} />}
        <WhyRoute request={request} />
        {props.gate}
      </div>
    </section>
  );
}

/** What it waits for; once it is over, how it ended. */
function Missing(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const ended = request.steps.find((step) => step.state === "rejected" || step.state === "returned");
  const language = useLanguage();
  const [day, recent] = [useDay(), useRecent()];
  const missing = findMissingNow(request);
  const { number = "", over = null } = request.standing ?? {};
  const said = ended?.decidedBy
    ? t(ended.state === "rejected" ? "why.rejected" : "why.returned", {
        name: nameIn(ended.decidedBy.name, language),
        reason: ended.comment ?? "",
      })
    : "";
  return (
    <div className="stack stack-tight">
      <h3>{t("why.missing")}</h3>
      {said && <p className="typed">{said}</p>}
      {missing === "standing-ended" && (
        <p>{t("why.standing-ended", { number, at: over?.endedAt ? recent(over.endedAt) : "" })}</p>
      )}
      {missing === "standing-past" && <p>{t("why.standing-past", { number, to: over ? day(over.to) : "" })}</p>}
      {(missing === "nothing" || missing === "over" || missing === "stuck") && <p>{t(`why.${missing}`)}</p>}
      {missing === "waiting" && (
        <ul className="why-list">
          {request.waiting.map((one) => (
            <li key={`${one.act} ${one.kind} ${one.title?.en}`}>
              <WaitingLine waiting={one} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function WaitingLine(props: { waiting: Waiting }): ReactElement {
  const { act, kind, title, people, needed, since, overdueSince, usual } = props.waiting;
  const t = useText("requests");
  const sayAsked = useAskedPeople();
  const language = useLanguage();
  const recent = useRecent();
  const what = title ? nameIn(title, language) : kind ? t(`route.kinds.${kind}`) : t(`why.acts.${act}`);
  const names = formatNames(
    people.map((person) => nameIn(person.name, language)),
    language,
  );
  const notes = [
    since ? t("why.since", { at: recent(since) }) : "",
    usual ? t(`route.usual.${usual.unit}`, { count: usual.count }) : "",
  ].filter(Boolean);
  return (
    <div>
      <SignIcon sign={overdueSince ? "octagon" : "clock"} /> <strong>{what}</strong>
      {names && <>: {sayAsked(names, people.length, needed)}</>}
      {overdueSince && (
        <>
          {" "}
          <Tag tone="problem" sign="clock">
            {t("route.overdue", { at: recent(overdueSince) })}
          </Tag>
        </>
      )}
      {notes.length > 0 && <p className="note small">{notes.join(" · ")}</p>}
      {people.length === 0 && act !== "sealing" && act !== "other-side" && act !== "case" && (
        <p className="note small">{t(kind === "named" ? "why.nobodyLeft" : "why.nobody")}</p>
      )}
    </div>
  );
}

/** What submitting would be answered, so that nobody has to open the application to learn it. */
function BeforeSubmitting(props: { request: RequestDetail }): ReactElement | null {
  const { requestId, version } = props.request;
  const t = useText("requests");
  const { data: check } = useQuery(checkQuery(requestId, version));
  if (!check) return null;
  const missing = MISSING.filter((one) => check.missing.includes(one));
  return (
    <div className="stack stack-tight">
      <h3>{t("why.before")}</h3>
      {check.ready && <p>{t("why.ready")}</p>}
      {missing.length > 0 && (
        <ul className="why-list">
          {missing.map((one) => (
            <li key={one}>
              <SignIcon sign="warning" /> {t(`missing.${one}`)}
            </li>
          ))}
        </ul>
      )}
      <RefusalList refusals={check.refusals} />
      <p>
        <Link to={paths.editRequest(requestId)}>{t("why.toEdit")}</Link>
      </p>
    </div>
  );
}
const MISSING = ["documents", "title", "documentClass", "purpose", "counterparty", "entity", "placements"] as const;

/** Each step with the rule that asked for it, in the organisation's own words; and what stood or is asked again. */
function WhyRoute(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const t = useText("requests");
  const language = useLanguage();
  const groups = groupSteps(request.steps);
  if (groups.length === 0) return null;
  return (
    <details className="why-route">
      <summary>{t("why.route", { count: groups.length })}</summary>
      <ol className="why-list">
        {groups.map((group) => {
          const [step] = group.steps;
          if (!step) return null;
          const { rule, added } = step;
          const again = group.steps.find((one) => one.again)?.again;
          const who = added?.by ? nameIn(added.by.name, language) : "";
          return (
            <li key={`${group.stage} ${step.group}`}>
              <strong>{group.title ? nameIn(group.title, language) : t(`route.kinds.${group.kind}`)}</strong>
              <p className="note">
                {added ? t("others.added", { name: who, reason: added.reason }) : (rule?.reason ?? step.why)[language]}
              </p>
              {rule && <p className="note small">{t("why.when", { when: rule.when[language] })}</p>}
              {rule && step.why[language] !== rule.reason[language] && (
                <p className="note small">{step.why[language]}</p>
              )}
              {group.steps.some((one) => one.keptFromRound !== null) && <p className="note small">{t("why.kept")}</p>}
              {again && <p className="note small">{again[language]}</p>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
