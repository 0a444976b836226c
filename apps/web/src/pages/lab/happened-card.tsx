import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useClock } from "../../i18n/use-format.ts";
import { type LabEvent, toneOf } from "./lab-log.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { useWords } from "./use-words.ts";

const shown = 8;

const whoOf = (event: LabEvent): "people" | "box" | "platform" =>
  event.kind === "record" ? "box" : event.kind === "found" ? "platform" : "people";

/** One sentence for each thing that happened, the newest first. */
export function HappenedCard(props: { now: LabSnapshot }): ReactElement {
  const t = useText("lab");
  const clock = useClock();
  const words = useWords();
  // What is found in several records one after the other is told once.
  const told = props.now.events.filter((event, at, all) => {
    const before = all[at - 1];
    return event.kind !== "found" || before?.kind !== "found" || before.code !== event.code;
  });
  const events = told.slice(-shown).toReversed();
  return (
    <section className="card" aria-labelledby="lab-happened">
      <header>
        <h2 id="lab-happened">{t("happened.title")}</h2>
        <p className="note small">{t("happened.note")}</p>
      </header>
      <ol className="lab-events">
        {events.map((event) => (
          <li key={event.id} data-tone={toneOf(event)}>
            <span className="lab-who">{t(`happened.who.${whoOf(event)}`)}</span>
            <span>
              {words.event(event)} {event.kind === "found" && <code>{event.code}</code>}
            </span>
            <time className="note small" dateTime={new Date(event.at).toISOString()}>
              {clock(new Date(event.at).toISOString())}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Reads out what came of the last act, once it is over. */
export function SpokenEvents(props: { now: LabSnapshot }): ReactElement {
  const { now } = props;
  const words = useWords();
  const last = now.busy ? undefined : now.events.at(-1);
  const refused = now.refusal && words.code(now.refusal);
  return (
    <p className="unseen" role="status">
      {refused ? `${refused.say} ${refused.todo}` : last ? words.event(last) : ""}
    </p>
  );
}
