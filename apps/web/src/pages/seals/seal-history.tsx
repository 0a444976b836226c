import { useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { text as sealText } from "../../i18n/seals.en.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { listedLeaf } from "../../parts/evidence-badge.tsx";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { Timeline } from "../../parts/timeline.tsx";
import { paths } from "../../paths.ts";
import type { SealDetail, SealEvent } from "./queries.ts";
import { EVENT_GROUPS, filterEvents, findEventGroup, markOfEvent } from "./seal-life.ts";

type EventKey = keyof (typeof sealText)["history"]["events"];
const AT_FIRST = 12;
type CommandKey = keyof (typeof sealText)["history"]["commands"];

/** What happened to a seal, newest first, each event with its place in the ledger. */
export function SealHistory(props: { seal: SealDetail }): ReactElement {
  const { seal } = props;
  const t = useText("seals");
  const parts = useText("parts");
  const language = useLanguage();
  const recent = useRecent();
  const search: { history?: unknown } = useSearch({ strict: false });
  const group = findEventGroup(search.history);
  const events = filterEvents(seal.timeline, group);
  const [whole, setWhole] = useState(false);
  const shown = whole ? events : events.slice(0, AT_FIRST);
  return (
    <section className="card" aria-labelledby="history-title">
      <header>
        <h2 id="history-title">
          {t("history.title")} <span className="note history-order">{parts("timeline.newest")}</span>
        </h2>
        <LinkSegments
          label={t("history.label")}
          look="track"
          segments={(["all", ...EVENT_GROUPS] as const).map((one) => ({
            key: one,
            to: paths.seal(seal.sealId),
            search: one === "all" ? {} : { history: one },
            current: one === group,
            text: t(`history.groups.${one}`),
          }))}
        />
      </header>
      <div className="card-body">
        {shown.length === 0 ? (
          <p className="note">{t("history.none")}</p>
        ) : (
          <Timeline
            label={t("history.title")}
            items={shown.map((entry) => ({
              id: entry.eventId,
              mark: markOfEvent(entry),
              what: <EventName entry={entry} />,
              when: recent(entry.at),
              who: entry.actor ? nameIn(entry.actor.name, language) : t("history.system"),
              evidence: listedLeaf(entry.leaf, entry),
              more: <EventFacts entry={entry} />,
            }))}
          />
        )}
        {events.length > shown.length && (
          <Button className="history-more" onClick={() => setWhole(true)}>
            {t("history.older", { count: events.length - shown.length })}
          </Button>
        )}
      </div>
    </section>
  );
}

function EventName(props: { entry: SealEvent }): ReactElement {
  const { type, facts, actor } = props.entry;
  // Whom it is about is told only where it is not the actor himself.
  const person = props.entry.person ?? (type === "PositionConfirmed" ? actor : null);
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  if (type === "SealStateChanged")
    return (
      <>
        {t(`history.commands.${String(facts.command) as CommandKey}`, {
          defaultValue: word("states.seal", String(facts.to)),
        })}
      </>
    );
  return (
    <>
      {t(`history.events.${type as EventKey}`, {
        defaultValue: type,
        role: word("roles", String(facts.role ?? "")),
        name: person ? nameIn(person.name, language) : t("history.somebody"),
      })}
    </>
  );
}

function EventFacts(props: { entry: SealEvent }): ReactElement {
  const { type, facts, comment } = props.entry;
  const t = useText("seals");
  const day = useDay();
  const text = (name: string): string | undefined => (typeof facts[name] === "string" ? facts[name] : undefined);
  const until = text("notAfter");
  const from = text("from");
  const to = text("to");
  const number = text("number");
  const sealed = text("sealedDigest");
  const fingerprint = text("sha256");
  return (
    <>
      {comment && <span className="typed">{comment}</span>}
      {type === "SealCertificateIssued" && until && (
        <span className="note">
          {t("history.until", { on: day(until) })}
          {fingerprint && ` · ${formatDigest(fingerprint)}`}
        </span>
      )}
      {type === "GrantGiven" && from && (
        <span className="note">
          {to ? t("history.between", { from: day(from), to: day(to) }) : t("history.since", { from: day(from) })}
        </span>
      )}
      {type === "ImpressionSettled" && (
        <span className="note">
          {number}
          {sealed && ` · ${t("history.sealedFile", { digest: formatDigest(sealed) })}`}
        </span>
      )}
      {type === "ImpressionReserved" && number && <span className="note">{number}</span>}
    </>
  );
}
