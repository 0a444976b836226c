import ArrowDownOutlined from "@ant-design/icons/ArrowDownOutlined";
import ArrowUpOutlined from "@ant-design/icons/ArrowUpOutlined";
import CopyOutlined from "@ant-design/icons/CopyOutlined";
import DeleteOutlined from "@ant-design/icons/DeleteOutlined";
import EditOutlined from "@ant-design/icons/EditOutlined";
import { Button } from "antd";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { FactTag } from "../../parts/state-tag.tsx";
import { addRow, copyRow, dropRow, isAsked, moveRow, toggleColumn } from "./edit-rules.ts";
import { RowFaults } from "./faults.tsx";
import type { Reading, RuleRow, RuleSet, RulesPageData, TableId, VersionDetail } from "./queries.ts";
import { RowForm } from "./row-form.tsx";
import { RuleTable } from "./rule-table.tsx";
import { faultsOf, listDraftColumns, markOf } from "./shown.ts";
import { RowReason } from "./table-card.tsx";

/** An id that no other row has; what a row is called is never shown. */
export const newRowId = (): string => `row-${crypto.randomUUID().slice(0, 13)}`;

/** One table of a draft: rows to open and write, to move, copy and remove; columns to show and hide. */
export function DraftTable(props: {
  rules: RuleSet;
  table: TableId;
  data: Pick<RulesPageData, "columns" | "attachments">;
  people: VersionDetail["people"];
  reading: Reading;
  fired: readonly string[];
  openRow: string | null;
  /** Whether the draft can be tried on the past. */
  tried: boolean;
  onOpen: (rowId: string | null) => void;
  onChange: (rules: RuleSet, what?: string) => void;
}): ReactElement {
  const { rules, table, data, reading, openRow, onOpen, onChange } = props;
  const t = useText("rulesOfUse");
  const columns = listDraftColumns(rules, table, data.columns[table]);
  const [told, setTold] = useState("");
  // A row that moves in the page loses the focus of its button.
  const focusNext = useRef<string | null>(null);
  useEffect(() => {
    if (focusNext.current) document.getElementById(focusNext.current)?.focus();
    focusNext.current = null;
  });
  const move = (row: RuleRow, to: number): void => {
    const count = rules[table].rows.length;
    if (to < 0 || to >= count) return;
    focusNext.current = document.activeElement?.id || null;
    setTold(t("editor.moved", { place: to + 1, count }));
    onChange(moveRow(rules, table, row.rowId, to));
  };
  const acts = (row: RuleRow, place: number): ReactElement => {
    const number = place + 1;
    const opened = openRow === row.rowId;
    const button = (
      key: "edit" | "close" | "up" | "down" | "copy" | "drop",
      icon: ReactElement,
      onClick: () => void,
      disabled = false,
    ): ReactElement => (
      <button
        type="button"
        id={`${row.rowId}-${key}`}
        className="icon-button"
        aria-label={t(`editor.${key}`, { number })}
        title={t(`editor.${key}`, { number })}
        aria-expanded={key === "edit" || key === "close" ? opened : undefined}
        aria-disabled={disabled || undefined}
        onClick={disabled ? undefined : onClick}
      >
        {icon}
      </button>
    );
    return (
      <div className="rule-acts-row">
        {button(opened ? "close" : "edit", <EditOutlined aria-hidden />, () => onOpen(opened ? null : row.rowId))}
        {button("up", <ArrowUpOutlined aria-hidden />, () => move(row, place - 1), place === 0)}
        {button(
          "down",
          <ArrowDownOutlined aria-hidden />,
          () => move(row, place + 1),
          place === rules[table].rows.length - 1,
        )}
        {button("copy", <CopyOutlined aria-hidden />, () => {
          const rowId = newRowId();
          onChange(copyRow(rules, table, row.rowId, rowId));
          onOpen(rowId);
        })}
        {button("drop", <DeleteOutlined aria-hidden />, () => onChange(dropRow(rules, table, row.rowId)))}
      </div>
    );
  };
  return (
    <section className="card" aria-labelledby="table-title">
      <header>
        <h2 id="table-title">{t(`views.${table}`)}</h2>
        <span className="note rule-how">
          {t(`how.${table}`)} {t("editor.keys")}
        </span>
      </header>
      <RuleTable
        {...{ table, rules, columns, acts, fired: props.fired, people: props.people, attachments: data.attachments }}
        head={(row, place) => <RowHead row={row} place={place} table={table} reading={reading} />}
        rowProps={(row, place) => ({
          onKeyDown: (event) => {
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            move(row, event.key === "ArrowUp" ? place - 1 : place + 1);
          },
        })}
        opened={(row) =>
          openRow === row.rowId ? (
            <RowForm {...{ rules, table, columns, data, onChange, rowId: row.rowId, tried: props.tried }} />
          ) : null
        }
      />
      <p className="unseen" role="status">
        {told}
      </p>
      <div className="card-body stack stack-tight">
        <div className="row">
          <Button
            onClick={() => {
              const rowId = newRowId();
              onChange(addRow(rules, table, rowId));
              onOpen(rowId);
            }}
          >
            {t("editor.addRow")}
          </Button>
        </div>
        <ColumnPicker {...{ rules, table, data, onChange }} />
      </div>
    </section>
  );
}

function RowHead(props: { row: RuleRow; place: number; table: TableId; reading: Reading }): ReactElement {
  const { row, place, table, reading } = props;
  const t = useText("rulesOfUse");
  const mark = markOf(reading.changes, table, row.rowId);
  return (
    <>
      <span className="row">
        <strong>{t("row", { number: place + 1 })}</strong>
        {mark && <FactTag>{t(`editor.changed.${mark}`)}</FactTag>}
      </span>
      <RowReason row={row} />
      <RowFaults faults={faultsOf(reading.faults, table, row.rowId)} />
    </>
  );
}

function ColumnPicker(props: {
  rules: RuleSet;
  table: TableId;
  data: Pick<RulesPageData, "columns">;
  onChange: (rules: RuleSet) => void;
}): ReactElement {
  const { rules, table, data, onChange } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const all = data.columns[table];
  return (
    <details className="disclosure">
      <summary>{t("editor.columns")}</summary>
      <fieldset className="rule-columns" aria-label={t("editor.columns")}>
        {all.map((column) => {
          const asked = isAsked(rules, table, column.fact);
          return (
            <label key={column.fact} className="rule-check">
              <input
                type="checkbox"
                checked={asked || rules[table].inputs.includes(column.fact)}
                disabled={asked}
                onChange={() =>
                  onChange(
                    toggleColumn(
                      rules,
                      table,
                      column.fact,
                      all.map((one) => one.fact),
                    ),
                  )
                }
              />
              {nameIn(column.name, language)}
            </label>
          );
        })}
      </fieldset>
      <p className="note small">{t("editor.columnsHint")}</p>
    </details>
  );
}
