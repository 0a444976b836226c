import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import type { MatterSummary } from "./queries.ts";

/** One matter as a line of a list: what is asked, about what, by whom, how far it is. The whole line is one link. */
export function MatterLine(props: { matter: MatterSummary }): ReactElement {
  const { matter } = props;
  const t = useText("matters");
  const language = useLanguage();
  const recent = useRecent();
  const day = useDay();
  const about = [
    matter.seal ? `${nameIn(matter.seal.name, language)} ${matter.seal.number}` : "",
    matter.person ? nameIn(matter.person.name, language) : "",
    nameIn(matter.entity.name, language),
  ].filter(Boolean);
  const names = formatNames(
    matter.waitingFor.map((person) => nameIn(person.name, language)),
    language,
  );
  return (
    <Link to={paths.matter(matter.matterId)} className="request-line">
      <span className="request-line-head">
        <strong>{sayHalf(matter.title, language)}</strong>
        <span className="note small">{recent(matter.updatedAt)}</span>
      </span>
      <span>
        {nameIn(matter.kindName, language)} · {about.join(" · ")}
      </span>
      <span className="note">
        {matter.number && <span className="mono">{matter.number}</span>}
        {matter.number && matter.askedBy && " · "}
        {matter.askedBy && nameIn(matter.askedBy.name, language)}
        {matter.effectiveOn && ` · ${t("list.effective", { on: day(matter.effectiveOn) })}`}
      </span>
      <span className="row">
        {matter.waitsForMe ? (
          <Tag tone="action" sign="clock">
            {t(`list.waitsForMe.${matter.waitsForMe}`)}
          </Tag>
        ) : (
          <StateTag kind="matter" state={matter.state} />
        )}
        {names && !matter.waitsForMe && <span className="note small">{t("list.waitsFor", { names })}</span>}
      </span>
    </Link>
  );
}
