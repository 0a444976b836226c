import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { ListSelect } from "../../parts/list-select.tsx";
import { AmountField } from "./amount-field.tsx";
import { ANSWERS, rangeOf, readSwitch, withBounds, withValues, writeSwitch, type YesOrNo } from "./cells.ts";
import type { Cell, Column } from "./queries.ts";

/** One condition of a row, by the kind of its column: values to choose from, yes or no, a number between two. */
export function CellField(props: {
  column: Column;
  cell: Cell | undefined;
  onChange: (cell: Cell | undefined) => void;
}): ReactElement {
  const { column, cell, onChange } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const name = nameIn(column.name, language);
  switch (column.kind) {
    case "choice":
      return (
        <Field label={name}>
          {(control) => (
            <ListSelect
              {...control}
              mode="multiple"
              placeholder={t("any")}
              optionFilterProp="label"
              value={cell && "in" in cell ? cell.in : []}
              onChange={(values: string[]) => onChange(withValues(values, column.values.length))}
              options={column.values.map((one) => ({ value: one.value, label: nameIn(one.name, language) }))}
            />
          )}
        </Field>
      );
    case "switch":
      return (
        <Field label={name}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={readSwitch(cell)}
              onChange={(event) => onChange(writeSwitch(event.target.value as YesOrNo))}
            >
              {ANSWERS.map((one) => (
                <option key={one} value={one}>
                  {t(one)}
                </option>
              ))}
            </select>
          )}
        </Field>
      );
    case "number": {
      const unstated = cell !== undefined && "stated" in cell;
      const { from, below } = rangeOf(cell);
      return (
        <div className="stack stack-tight">
          <div className="rule-range">
            <AmountField
              label={t("editor.fromOf", { name })}
              disabled={unstated}
              value={from}
              onChange={(value) => onChange(withBounds(cell, { from: value }))}
            />
            <AmountField
              label={t("editor.belowOf", { name })}
              disabled={unstated}
              value={below}
              onChange={(value) => onChange(withBounds(cell, { below: value }))}
            />
          </div>
          {column.optional && (
            <label className="rule-check">
              <input
                type="checkbox"
                checked={unstated}
                onChange={(event) => onChange(event.target.checked ? { stated: false } : undefined)}
              />
              {t("editor.unstatedOf", { name })}
            </label>
          )}
        </div>
      );
    }
  }
}
