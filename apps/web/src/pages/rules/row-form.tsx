import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { BothLines } from "../../parts/both-lines.tsx";
import { LimitFields, ScopeFields, StepFields } from "./answer-fields.tsx";
import { CellField } from "./cell-field.tsx";
import { changeCell, changeLimits, changeRow, changeScope, changeStep } from "./edit-rules.ts";
import type { Column, RuleSet, RulesPageData, TableId } from "./queries.ts";

/** One row to be written: its conditions, its answer, and why it is there. */
export function RowForm(props: {
  rules: RuleSet;
  table: TableId;
  rowId: string;
  columns: readonly Column[];
  data: Pick<RulesPageData, "columns" | "attachments">;
  /** Whether the draft can be tried on the past. */
  tried: boolean;
  onChange: (rules: RuleSet, what?: string) => void;
}): ReactElement | null {
  const { rules, table, rowId, columns, onChange } = props;
  const t = useText("rulesOfUse");
  const row = rules[table].rows.find((one) => one.rowId === rowId);
  if (!row) return null;
  const field = (what: string | undefined): string | undefined => (what === undefined ? what : `${rowId} ${what}`);
  return (
    <div className="rule-form">
      <fieldset>
        <legend>{t("editor.when")}</legend>
        <p className="field-hint">{t("editor.whenHint")}</p>
        {columns.map((column) => (
          <CellField
            key={column.fact}
            column={column}
            cell={row.cells[column.fact]}
            onChange={(cell) => onChange(changeCell(rules, table, row, column.fact, cell), field(column.fact))}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>{t("editor.answer")}</legend>
        <Answer {...props} onChange={(changed, what) => onChange(changed, field(what))} />
      </fieldset>
      <fieldset className="rule-words">
        <legend>{t("editor.why")}</legend>
        <BothLines
          label={t("editor.reason")}
          rows={2}
          most={500}
          value={row.reason}
          onChange={(reason) => onChange(changeRow(rules, table, rowId, { reason }), field("reason"))}
        />
        <BothLines
          label={t("editor.clause")}
          rows={1}
          most={500}
          value={row.clause}
          onChange={(clause) => onChange(changeRow(rules, table, rowId, { clause }), field("clause"))}
        />
      </fieldset>
      {props.tried && (
        <Link className="inline-link" to="." search={{ view: "changes" }} hash="rule-backtest">
          {t("backtest.toIt")}
        </Link>
      )}
    </div>
  );
}

function Answer(props: {
  rules: RuleSet;
  table: TableId;
  rowId: string;
  data: Pick<RulesPageData, "columns" | "attachments">;
  onChange: (rules: RuleSet, what?: string) => void;
}): ReactElement | null {
  const { rules, table, rowId, data, onChange } = props;
  switch (table) {
    case "scope": {
      const row = rules.scope.rows.find((one) => one.rowId === rowId);
      return row ? (
        <ScopeFields
          output={row.output}
          sealTypes={data.columns.scope.find((one) => one.fact === "sealType")?.values ?? []}
          attachments={data.attachments}
          onChange={(output) => onChange(changeScope(rules, rowId, output))}
        />
      ) : null;
    }
    case "route": {
      const row = rules.route.rows.find((one) => one.rowId === rowId);
      return row ? (
        <StepFields output={row.output} onChange={(output, what) => onChange(changeStep(rules, rowId, output), what)} />
      ) : null;
    }
    case "limits": {
      const row = rules.limits.rows.find((one) => one.rowId === rowId);
      return row ? (
        <LimitFields
          output={row.output}
          onChange={(output, what) => onChange(changeLimits(rules, rowId, output), what)}
        />
      ) : null;
    }
  }
}
