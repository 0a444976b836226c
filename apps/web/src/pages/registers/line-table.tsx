import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { EvidenceBadge, listedLeaf } from "../../parts/evidence-badge.tsx";
import { useMaskedTitle } from "../../parts/request-title.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import type { Line } from "./queries.ts";

/** Lines as a table, on a phone as cards; the number opens a line. */
export function LineTable(props: { items: readonly Line[]; onOpen: (lineId: string) => void }): ReactElement {
  const t = useText("registers");
  return (
    <div className="table-card">
      <table className="table table-rows line-table">
        <thead>
          <tr>
            <th scope="col">{t("list.number")}</th>
            <th scope="col">{t("list.at")}</th>
            <th scope="col">{t("list.what")}</th>
            <th scope="col">{t("list.seal")}</th>
            <th scope="col">{t("list.people")}</th>
            <th scope="col">{t("list.leaf")}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((line) => (
            <LineRow key={line.lineId} line={line} onOpen={() => props.onOpen(line.lineId)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LineRow(props: { line: Line; onOpen: () => void }): ReactElement {
  const { line } = props;
  const t = useText("registers");
  const language = useLanguage();
  const moment = useMoment();
  const names = line.people.map((person) => nameIn(person.name, language));
  return (
    <tr>
      <th scope="row" className="line-number">
        <button
          type="button"
          className="text-button"
          aria-label={t("list.open", { number: line.number })}
          onClick={props.onOpen}
        >
          {line.number}
        </button>
      </th>
      <td className="line-at">{moment(line.at)}</td>
      <td className="line-what">
        <strong>{nameIn(line.title, language)}</strong> <Corrections line={line} /> <Owed line={line} />
        <LineFacts line={line} />
      </td>
      <td className="line-seal">
        {line.seal ? (
          <Link to={paths.seal(line.seal.sealId)}>
            {line.seal.number} {nameIn(line.seal.name, language)}
          </Link>
        ) : (
          <span className="unseen">{t("list.noSeal")}</span>
        )}
      </td>
      <td className="line-people">{formatNames(names, language)}</td>
      <td className="line-leaf">
        <EvidenceBadge evidence={listedLeaf(line.event.leaf, line.event)} />
      </td>
    </tr>
  );
}

/** That a line corrects another, or was corrected; a corrected line stays as it was written. */
export function Corrections({ line }: { line: Line }): ReactElement {
  const t = useText("registers");
  return (
    <>
      {line.corrects && <Tag tone="action">{t("list.corrects", { number: line.corrects.number })}</Tag>}
      {line.correctedBy.map((one) => (
        <Tag key={one.lineId} tone="ended">
          {t("list.correctedBy", { number: one.number })}
        </Tag>
      ))}
    </>
  );
}

/** What a line that is still open waits for, in the order it is owed. */
export function Owed({ line }: { line: Line }): ReactElement {
  const t = useText("registers");
  const word = useWord();
  return (
    <>
      {line.owed.map((debt) => (
        <Tag key={debt} tone="warning" sign="clock">
          {t("list.owed", { what: word("stampDebts", debt) })}
        </Tag>
      ))}
    </>
  );
}

function LineFacts({ line }: { line: Line }): ReactElement | null {
  const language = useLanguage();
  const titleOf = useMaskedTitle();
  const more = line.request && titleOf(line.request.title);
  if (line.facts.length === 0 && !more) return null;
  return (
    <ul className="line-facts note">
      {more && <li>{more}</li>}
      {line.facts.map(({ name, value }) => (
        <li key={name.en}>
          {nameIn(name, language)} <span className="line-value">{nameIn(value, language)}</span>
        </li>
      ))}
    </ul>
  );
}
