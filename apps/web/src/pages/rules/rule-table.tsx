import type { HTMLAttributes, ReactElement, ReactNode } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Tag } from "../../parts/state-tag.tsx";
import type { Column, RuleRow, RuleSet, RulesPageData, TableId, VersionDetail } from "./queries.ts";
import { useAnswerWords, useCellWords } from "./row-words.ts";

/** What a page puts around a row: its head, what may be done with it, and what is opened under it. */
export interface RowParts {
  readonly head: (row: RuleRow, place: number) => ReactNode;
  readonly acts?: (row: RuleRow, place: number) => ReactNode;
  readonly opened?: (row: RuleRow, place: number) => ReactNode;
  readonly rowProps?: (row: RuleRow, place: number) => HTMLAttributes<HTMLTableRowElement>;
}

/** One table of the rules: each row with its conditions and its answer, cell by cell; cards on a phone. */
export function RuleTable(
  props: RowParts & {
    rules: RuleSet;
    table: TableId;
    columns: readonly Column[];
    attachments: RulesPageData["attachments"];
    people: VersionDetail["people"];
    fired: readonly string[];
  },
): ReactElement {
  const { rules, table, columns, fired, acts, opened } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const sayCell = useCellWords();
  const sayAnswer = useAnswerWords(props.attachments, props.people);
  const rows: readonly RuleRow[] = rules[table].rows;
  if (rows.length === 0) return <p className="card-body note">{t("none")}</p>;
  const answers = sayAnswer(rules, table, 0);
  const width = 1 + columns.length + answers.length;
  return (
    // Wide tables are moved sideways within their card, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="table-card rule-rows" aria-label={t("rowsOf", { table: t(`views.${table}`) })} tabIndex={0}>
      <table className="table table-rows rule-table">
        <thead>
          <tr>
            <th scope="col">{t("rule")}</th>
            {columns.map((column) => (
              <th key={column.fact} scope="col">
                {nameIn(column.name, language)}
              </th>
            ))}
            {answers.map(({ key, label }) => (
              <th key={key} scope="col" className="rule-answer">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        {rows.map((row, place) => {
          const under = opened?.(row, place);
          return (
            <tbody key={row.rowId} id={`row-${row.rowId}`}>
              <tr {...props.rowProps?.(row, place)} data-fired={fired.includes(row.rowId) || undefined}>
                <th scope="row" className="rule-head">
                  {props.head(row, place)}
                  {fired.includes(row.rowId) && (
                    <Tag tone="action" sign="check">
                      {t("editor.fires")}
                    </Tag>
                  )}
                  {acts?.(row, place)}
                </th>
                {columns.map((column) => {
                  const cell = row.cells[column.fact];
                  return (
                    <td
                      key={column.fact}
                      data-label={nameIn(column.name, language)}
                      className={cell === undefined ? "rule-any" : undefined}
                    >
                      {sayCell(column, cell)}
                    </td>
                  );
                })}
                {sayAnswer(rules, table, place).map(({ key, label, says }) => (
                  <td key={key} data-label={label} className="rule-answer typed">
                    {says}
                  </td>
                ))}
              </tr>
              {under && (
                <tr className="rule-opened">
                  <td colSpan={width}>
                    <div className="rule-under">{under}</div>
                  </td>
                </tr>
              )}
            </tbody>
          );
        })}
      </table>
    </section>
  );
}
