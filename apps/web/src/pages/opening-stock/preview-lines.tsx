import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Tag } from "../../parts/state-tag.tsx";
import type { Sign, Tone } from "../../parts/states.ts";
import type { PreviewLine } from "./queries.ts";

/** How many lines are drawn at once. */
const portion = 100;
const looks: Readonly<Record<PreviewLine["verdict"], { tone: Tone; sign: Sign }>> = {
  refused: { tone: "problem", sign: "octagon" },
  make: { tone: "success", sign: "check" },
  there: { tone: "ended", sign: "box" },
};

/** Lines of the sheets: where each stands, what it is about, and what it makes or why not. */
export function PreviewLines(props: { lines: readonly PreviewLine[]; title: string }): ReactElement {
  const t = useText("stock");
  const [most, setMost] = useState(portion);
  const { lines } = props;
  return (
    <>
      <table className="table table-rows stock-lines">
        <caption className="unseen">{props.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("heads.subject")}</th>
            <th scope="col">{t("heads.place")}</th>
            <th scope="col">{t("heads.verdict")}</th>
            <th scope="col">{t("heads.what")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, most).map((line) => (
            <LineRow key={`${line.file} ${line.sheet} ${line.row}`} line={line} />
          ))}
        </tbody>
      </table>
      {lines.length > most && (
        <div className="card-body row">
          <Button onClick={() => setMost(most + portion)}>
            {t("preview.showMore", { left: lines.length - most })}
          </Button>
        </div>
      )}
    </>
  );
}

function LineRow(props: { line: PreviewLine }): ReactElement {
  const { line } = props;
  const t = useText("stock");
  const language = useLanguage();
  return (
    <tr>
      <th scope="row" className="typed">
        {line.subject || t("preview.nameless")}
      </th>
      <td data-label={t("heads.place")}>
        <span className="stock-place">{t("preview.row", { kind: t(`kinds.${line.kind}`), row: line.row })}</span>
        <span className="note small stock-sheet">{line.sheet}</span>
      </td>
      <td>
        <Tag {...looks[line.verdict]}>{t(`verdict.${line.verdict}`)}</Tag>
      </td>
      <td>
        {line.faults.map(({ column, refusal }) => (
          <div key={`${column?.en ?? ""} ${refusal.code}`} className="stock-fault">
            {column && <strong>{column[language]}: </strong>}
            {refusal.sentence[language]} <span className="note">{refusal.wayOut?.[language]}</span>
          </div>
        ))}
        {line.makes.map((what) => (
          <div key={what.en}>{what[language]}</div>
        ))}
        {line.custodians.length > 0 && (
          <div>
            {t("preview.custodians", {
              names: formatNames(
                line.custodians.map((name) => nameIn(name, language)),
                language,
              ),
            })}
          </div>
        )}
        {line.pictures.length > 0 && (
          <div className="row">
            {line.pictures.map((evidenceId) => (
              <img
                key={evidenceId}
                className="stock-specimen"
                src={`/v1/evidence/${evidenceId}/preview`}
                alt={t("preview.specimen", { subject: line.subject })}
                loading="lazy"
              />
            ))}
          </div>
        )}
        {line.waits && <div className="note small">{t("preview.waits")}</div>}
      </td>
    </tr>
  );
}
