import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import type { Proof } from "./queries.ts";

type Hole = Proof["holes"][number];

/** Each chain drawn: the person, the seal, the days, and link by link how he gets from asking to stamping. */
export function HoleList(props: { holes: readonly Hole[] }): ReactElement | null {
  const t = useText("separation");
  if (props.holes.length === 0) return null;
  return (
    <section className="card" aria-labelledby="holes">
      <header>
        <h2 id="holes">{t("holes.title")}</h2>
      </header>
      <ul className="rows">
        {props.holes.map((hole) => (
          <HoleLine key={`${hole.person.personId} ${hole.seal.sealId} ${hole.from}`} hole={hole} />
        ))}
      </ul>
      <p className="card-body note">{t("holes.wayOut")}</p>
    </section>
  );
}

function HoleLine(props: { hole: Hole }): ReactElement {
  const { hole } = props;
  const t = useText("separation");
  const language = useLanguage();
  const day = useDay();
  const by = (link: Hole["chain"][number]): string =>
    link.by === "grant" || link.of === null
      ? t("holes.by.grant")
      : t(`holes.by.${link.by}`, { name: nameIn(link.of.name, language) });
  return (
    <li className="rows-line hole">
      <div className="hole-who">
        <strong>
          <BothNames name={hole.person.name} />
        </strong>
        <span>{t("holes.seal", { number: hole.seal.number, name: nameIn(hole.seal.name, language) })}</span>
        <span className="note">
          {hole.to === null
            ? t("holes.since", { from: day(hole.from) })
            : t("holes.between", { from: day(hole.from), to: day(hole.to) })}
        </span>
      </div>
      <ol className="chain" aria-label={t("holes.chain")}>
        <li>
          <strong>{t("holes.asks")}</strong>
          <span className="note small">{t("holes.asksWhy")}</span>
        </li>
        {hole.chain.map((link) => (
          <li key={link.duty}>
            <strong>{t(`holes.duties.${link.duty}`)}</strong>
            <span className="note small">{by(link)}</span>
          </li>
        ))}
      </ol>
    </li>
  );
}
