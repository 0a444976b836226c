import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { FactLines } from "../../parts/fact-lines.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import type { Controller } from "./queries.ts";

type Journal = NonNullable<Controller["journal"]>;

/** How a box is, as far as it said so and has sent. */
export function ConditionCard({ journal }: { journal: Journal }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const recent = useRecent();
  return (
    <section className="card" aria-labelledby="controller-how">
      <header className="row">
        <h2 id="controller-how" className="grow">
          {t("how.title")}
        </h2>
        <ConnectionTag journal={journal} />
      </header>
      <div className="card-body stack">
        {journal.quarantined && (
          <p>
            <Tag tone="problem" sign="octagon">
              {t("how.quarantined")}
            </Tag>{" "}
            {journal.quarantined.says[language]}
          </p>
        )}
        <FactLines
          lines={[
            [t("how.heard"), journal.heardAt === null ? t("how.never") : recent(journal.heardAt)],
            [t("how.battery"), journal.battery === null ? "" : t("how.percent", { percent: journal.battery })],
            [t("how.network"), journal.network ?? ""],
            [t("how.firmware"), journal.firmware ?? ""],
            [t("how.counters"), journal.counters.join(", ")],
            [t("how.stored"), t("how.storedOf", { last: journal.last, epoch: journal.epoch })],
            [t("how.backlog"), journal.backlog === null ? "" : journal.backlog.toString()],
            [t("how.photos"), t("how.photosOf", journal.photos)],
            [t("how.waiting"), journal.waiting === 0 ? "" : journal.waiting.toString()],
            [t("how.refused"), journal.refused === 0 ? "" : journal.refused.toString()],
          ]}
        />
      </div>
    </section>
  );
}

/** Whether it is there, as colour, sign and word. */
export function ConnectionTag({ journal }: { journal: Journal }): ReactElement {
  const t = useText("controllers");
  return journal.online ? (
    <Tag tone="success" sign="check">
      {t("how.online")}
    </Tag>
  ) : (
    <Tag tone="waiting" sign="dashed">
      {t(journal.heardAt === null ? "how.never" : "how.offline")}
    </Tag>
  );
}

/** Why it cannot stamp, each reason with its way out; nothing where nothing hinders it. */
export function HindrancesCard({ controller }: { controller: Controller }): ReactElement | null {
  const t = useText("controllers");
  const language = useLanguage();
  if (controller.hindrances.length === 0 || controller.enrolled === null) return null;
  return (
    <section className="card" aria-labelledby="controller-why">
      <header>
        <h2 id="controller-why">{t("why.title", { count: controller.hindrances.length })}</h2>
      </header>
      <ul className="controller-lines">
        {controller.hindrances.map((one) => (
          <li key={one.code}>
            <strong>{one.sentence[language]}</strong>
            {one.wayOut && <p className="note">{one.wayOut[language]}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
