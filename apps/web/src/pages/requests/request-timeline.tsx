import type { ReactElement } from "react";
import { formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { text as requestText } from "../../i18n/requests.en.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { listedLeaf } from "../../parts/evidence-badge.tsx";
import { Timeline } from "../../parts/timeline.tsx";
import { CommentForm } from "./comment-form.tsx";
import type { RequestDetail } from "./queries.ts";
import { listOnce, markOf } from "./timeline-marks.ts";

type EventKey = keyof (typeof requestText)["timeline"]["events"];
type Entry = RequestDetail["timeline"][number];

/** What happened to a request, newest first, each event with its place in the ledger; and a comment to add. */
export function RequestTimeline(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const recent = useRecent();
  return (
    <section className="card" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">{t("timeline.title")}</h2>
      </header>
      <div className="card-body stack">
        {request.actions.includes("comment") && (
          <CommentForm
            requestId={request.requestId}
            mayMention={request.number !== null}
            confidential={request.confidential !== "no"}
          />
        )}
        {request.timeline.length === 0 && <p className="note">{t("timeline.none")}</p>}
        <Timeline
          label={t("timeline.label")}
          items={request.timeline.map((entry) => ({
            id: entry.eventId,
            mark: markOf(entry.type),
            what: <EventName entry={entry} />,
            when: recent(entry.at),
            who: <EventActor entry={entry} />,
            evidence: listedLeaf(entry.leaf, entry),
            more: <EventFacts entry={entry} />,
          }))}
        />
      </div>
    </section>
  );
}

/** Who did it, and for whom where he stood in for somebody. */
function EventActor(props: { entry: Entry }): ReactElement {
  const { actor, standsFor } = props.entry;
  const t = useText("requests");
  const language = useLanguage();
  if (!actor) return <>{t("timeline.system")}</>;
  const name = nameIn(actor.name, language);
  return <>{standsFor ? t("timeline.actsFor", { name, other: nameIn(standsFor.name, language) }) : name}</>;
}

function EventName(props: { entry: Entry }): ReactElement {
  const t = useText("requests");
  const { type, facts } = props.entry;
  const step = facts.step;
  const known = t(`timeline.events.${type as EventKey}`, { defaultValue: type });
  if (step === "unit-head" || step === "legal-review" || step === "signatory")
    return (
      <>
        {t(`route.kinds.${step}`)} · {known}
      </>
    );
  return <>{known}</>;
}

function EventFacts(props: { entry: Entry }): ReactElement {
  const t = useText("requests");
  const { type, facts, comment, person } = props.entry;
  const language = useLanguage();
  const method = facts.method;
  return (
    <>
      {person && <span>{nameIn(person.name, language)} </span>}
      {comment && <span className="typed">{comment} </span>}
      {type === "SealUseRequestSubmitted" && typeof facts.number === "string" && (
        <span>
          {t("timeline.number", { number: facts.number })}
          {" · "}
        </span>
      )}
      {typeof facts.other === "string" && (
        <span>
          {t("timeline.otherSide", { number: facts.other })}
          {" · "}
        </span>
      )}
      {type === "ImpressionsExchanged" && typeof facts.nth === "number" && typeof facts.copy === "number" && (
        <span className="note">{t("timeline.booked", { nth: facts.nth, copy: facts.copy })} </span>
      )}
      {typeof facts.neededBefore === "number" && typeof facts.neededAfter === "number" && (
        <span className="note">{t("timeline.needed", { before: facts.neededBefore, after: facts.neededAfter })} </span>
      )}
      {typeof facts.voided === "number" && (
        <span className="note">{t("timeline.voided", { count: facts.voided })} </span>
      )}
      {typeof facts.digest === "string" && (
        <span className="note">
          {t("timeline.digest", { digest: formatDigest(facts.digest) })}
          {(method === "passkey" || method === "password" || method === "sample" || method === "session") &&
            ` · ${t(`route.method.${method}`)}`}
        </span>
      )}
      {type === "SealUseRequestRefused" && typeof facts.rules === "string" && (
        <span className="mono">{listOnce(facts.rules)}</span>
      )}
    </>
  );
}
