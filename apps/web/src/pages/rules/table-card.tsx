import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { RuleRow, RulesPageData, TableId, VersionDetail } from "./queries.ts";
import { RuleTable } from "./rule-table.tsx";
import { listAskedColumns } from "./shown.ts";

/** Which number a row has, why it is there and what it serves. */
export function RowReason(props: { row: RuleRow }): ReactElement | null {
  const { reason, clause } = props.row;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const serves = clause[language] || clause.en || clause.zh;
  const why = reason[language] || reason.en || reason.zh;
  if (why === "" && serves === "") return null;
  return (
    <span className="note small rule-why">
      {why} {serves !== "" && t("clause", { clause: serves })}
    </span>
  );
}

/** One table of a version to be read: each row as a sentence beside its cells. */
export function TableCard(props: {
  detail: Pick<VersionDetail, "rules" | "sentences" | "people">;
  data: Pick<RulesPageData, "columns" | "attachments">;
  table: TableId;
  fired?: readonly string[];
}): ReactElement {
  const { detail, data, table, fired = [] } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="table-title">
      <header>
        <h2 id="table-title">{t(`views.${table}`)}</h2>
        <span className="note rule-how">{t(`how.${table}`)}</span>
      </header>
      <RuleTable
        {...{ table, fired, rules: detail.rules, people: detail.people, attachments: data.attachments }}
        columns={listAskedColumns(detail.rules, table, data.columns[table])}
        head={(row, place) => {
          const said = detail.sentences[table].find((one) => one.rowId === row.rowId);
          return (
            <>
              <span className="note small">{t("row", { number: place + 1 })}</span>
              {said && (
                <span className="rule-sentence">
                  {t("when", { when: said.when[language] })} <strong>{said.what[language]}</strong>
                </span>
              )}
              <RowReason row={row} />
            </>
          );
        }}
      />
    </section>
  );
}
