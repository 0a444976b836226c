import type { ReactElement } from "react";
import { formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { text as ledgerText } from "../../i18n/ledger.en.ts";
import type { text as matterText } from "../../i18n/matters.en.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { listedLeaf } from "../../parts/evidence-badge.tsx";
import { Timeline } from "../../parts/timeline.tsx";
import { markOfMatterEvent } from "./matters.ts";
import type { MatterDetail } from "./queries.ts";

type LedgerEventKey = keyof (typeof ledgerText)["events"];
type EventKey = keyof (typeof matterText)["timeline"]["events"];

/** What happened to a matter, newest first, each event with its place in the ledger. */
export function MatterTimeline(props: { matter: MatterDetail }): ReactElement {
  const t = useText("matters");
  const ledger = useText("ledger");
  const language = useLanguage();
  const recent = useRecent();
  const word = useWord();
  return (
    <section className="card" aria-labelledby="timeline-title">
      <header>
        <h2 id="timeline-title">{t("timeline.title")}</h2>
      </header>
      <div className="card-body">
        <Timeline
          label={t("timeline.label")}
          items={props.matter.timeline.map(({ eventId, type, at, actor, standsFor, facts, comment, leaf }) => {
            const name = actor ? nameIn(actor.name, language) : t("timeline.system");
            const known = t(`timeline.events.${type as EventKey}`, {
              defaultValue: ledger(`events.${type as LedgerEventKey}`, { defaultValue: type }),
            });
            return {
              id: eventId,
              mark: markOfMatterEvent(type),
              what: typeof facts.role === "string" ? `${word("roles", facts.role)} · ${known}` : known,
              when: recent(at),
              who: standsFor ? t("timeline.actsFor", { name, other: nameIn(standsFor.name, language) }) : name,
              evidence: listedLeaf(leaf),
              more: (
                <>
                  {comment && <span className="typed">{comment}</span>}
                  {typeof facts.digest === "string" && (
                    <span className="note">{t("timeline.digest", { digest: formatDigest(facts.digest) })}</span>
                  )}
                </>
              ),
            };
          })}
        />
      </div>
    </section>
  );
}
