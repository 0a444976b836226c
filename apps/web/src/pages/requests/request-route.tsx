import type { ReactElement, ReactNode } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDeadline, useRecent } from "../../i18n/use-format.ts";
import { SignIcon } from "../../parts/state-tag.tsx";
import { findLook, type Sign, type Tone } from "../../parts/states.ts";
import { useSession } from "../../session.ts";
import { useAskedPeople } from "./asked-people.ts";
import type { RequestDetail } from "./queries.ts";
import { groupSteps } from "./route-groups.ts";

type Person = RequestDetail["applicant"];
type Step = RequestDetail["steps"][number];

/** The route of a request: who decided or decides each step, then who releases and who confirms. */
export function RequestRoute(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const groups = groupSteps(request.steps);
  const stages = [...new Set(groups.map((group) => group.stage))];
  const at = stages.indexOf(request.steps.find((step) => step.state === "current")?.stage ?? -1);
  const { release, supervision } = request;
  const decided = request.steps.some((step) => step.state === "approved");
  const waitsForRelease = request.state === "authorised" && !release.by;
  const waitsForConfirmation = request.state === "authorised" && release.by !== null;
  return (
    <section className="card" aria-labelledby="route-title">
      <header>
        <h2 id="route-title">{t("route.title")}</h2>
        {at >= 0 && <span className="note">{t("route.progress", { step: at + 1, total: stages.length })}</span>}
      </header>
      <ol className="rows">
        {groups.map((group) => (
          <GroupLines key={`${group.stage} ${group.steps[0]?.group}`} group={group} />
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
      {(decided || release.by !== null) && (
        <footer className="card-body">
          <a
            className="small-button"
            href={`/v1/seal-use-requests/${request.requestId}/decision-evidence`}
            download={`${request.number ?? request.requestId}-decisions.json`}
          >
            {t("route.evidence")}
          </a>
          {[...new Set(request.steps.flatMap((step) => step.keptFromRound ?? []))].map((round) => (
            <a
              key={round}
              className="small-button"
              href={`/v1/seal-use-requests/${request.requestId}/decision-evidence?round=${round}`}
              download={`${request.number ?? request.requestId}-decisions-${round}.json`}
            >
              {t("route.evidenceRound", { round })}
            </a>
          ))}
          <p className="note">{t("route.evidenceWhy")}</p>
        </footer>
      )}
    </section>
  );
}

/** One step: a line, or a line for each agreement that was given and one for those still needed. */
function GroupLines(props: { group: ReturnType<typeof groupSteps<Step>>[number] }): ReactElement {
  const { group } = props;
  const t = useText("requests");
  const language = useLanguage();
  const deadline = useDeadline();
  const recent = useRecent();
  const name = group.title ? nameIn(group.title, language) : t(`route.kinds.${group.kind}`);
  const decided = group.steps.filter((step) => step.decidedBy !== null);
  const open = group.steps.filter((step) => step.decidedBy === null);
  const [next] = open;
  const by = group.steps[0]?.added;
  const added = by?.by ? t("others.added", { name: nameIn(by.by.name, language), reason: by.reason }) : "";
  const title = [
    name,
    group.needed > 1 ? t("route.given", { given: decided.length, needed: group.needed }) : "",
    group.beside ? t("route.beside") : "",
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <>
      {decided.map((step) => (
        <RouteLine
          key={step.stepId}
          title={group.needed > 1 ? name : title}
          look={findLook("step", step.state)}
          by={step.decidedBy}
          standsFor={step.decidedFor}
          at={step.decidedAt}
          candidates={step.candidates}
          current={false}
          method={step.method ? t(`route.method.${step.method}`) : undefined}
          note={step.keptFromRound === null ? undefined : t("why.kept")}
          comment={[added, step.comment].filter(Boolean).join(" ")}
        />
      ))}
      {next && (
        <RouteLine
          title={title}
          look={findLook("step", next.state)}
          by={null}
          at={null}
          candidates={listLeft(group.candidates, decided)}
          needed={open.length}
          current={next.state === "current"}
          note={[
            next.overdueSince
              ? t("route.overdue", { at: recent(next.overdueSince) })
              : next.dueAt && next.state === "current" && deadline(next.dueAt),
            next.usual && t(`route.usual.${next.usual.unit}`, { count: next.usual.count }),
          ]
            .filter(Boolean)
            .join(" · ")}
          comment={[
            added,
            next.again?.[language],
            next.escalatedAt && t("route.escalated"),
            next.nobodyElse && t("route.nobodyElse"),
          ]
            .filter(Boolean)
            .join(" ")}
        />
      )}
    </>
  );
}

/** Those of the people who have not agreed yet. */
const listLeft = (people: readonly Person[], decided: readonly Step[]): readonly Person[] =>
  people.filter((person) =>
    decided.every((step) => ![step.decidedBy?.personId, step.decidedFor?.personId].includes(person.personId)),
  );

function RouteLine(props: {
  title: string;
  look: { readonly tone: Tone; readonly sign: Sign };
  by: Person | null;
  /** In whose place. */
  standsFor?: Person | null;
  at: string | null;
  candidates: readonly Person[];
  /** How many of them are still asked. */
  needed?: number;
  current: boolean;
  method?: ReactNode;
  /** Until when it is to be decided, or since when it is overdue. */
  note?: string | undefined;
  comment?: string | null;
}): ReactElement {
  const t = useText("requests");
  const language = useLanguage();
  const recent = useRecent();
  const sayAsked = useAskedPeople();
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
        <span>{props.by ? decider(props.by) : sayAsked(names, props.candidates.length, props.needed ?? 1)}</span>
        {props.note && <p className="note small">{props.note}</p>}
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
