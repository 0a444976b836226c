import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { AmountField } from "./amount-field.tsx";
import type { CaseFacts, Column } from "./queries.ts";

type Choice = "sealType" | "documentClass" | "counterpartyKind" | "template";

/** One case: the facts that tables can ask for, each with every value it may have. */
export function CaseForm(props: {
  columns: readonly Column[];
  value: CaseFacts;
  onChange: (value: CaseFacts) => void;
}): ReactElement {
  const { columns, value, onChange } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const change = (part: Partial<CaseFacts>): void => onChange({ ...value, ...part });
  const columnOf = (fact: Column["fact"]): Column | undefined => columns.find((one) => one.fact === fact);
  const nameOf = (fact: Column["fact"]): string => nameIn(columnOf(fact)?.name ?? { en: fact, zh: fact }, language);
  const choice = (fact: Choice): ReactElement => (
    <Field label={nameOf(fact)}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={value[fact]}
          onChange={(event) => change({ [fact]: event.target.value })}
        >
          {columnOf(fact)?.values.map((one) => (
            <option key={one.value} value={one.value}>
              {nameIn(one.name, language)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const tick = (fact: "important" | "external"): ReactElement => (
    <label className="rule-check">
      <input type="checkbox" checked={value[fact]} onChange={(event) => change({ [fact]: event.target.checked })} />
      {nameOf(fact)}
    </label>
  );
  return (
    <div className="case-facts">
      {choice("sealType")}
      {choice("documentClass")}
      {choice("counterpartyKind")}
      {choice("template")}
      <AmountField
        label={t("cases.amount")}
        hint={t("cases.amountHint")}
        value={value.amount}
        onChange={(amount) => change({ amount })}
      />
      <Field label={t("cases.currency")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={3}
            // A currency is sent once its three letters are there; until then the one before counts.
            defaultValue={value.currency}
            onChange={(event) => {
              const code = event.target.value.toUpperCase();
              if (/^[A-Z]{3}$/.test(code)) change({ currency: code });
            }}
          />
        )}
      </Field>
      <Field label={nameOf("impressions")}>
        {(control) => (
          <NumberInput
            control={control}
            min={0}
            max={100_000}
            value={value.impressions}
            onChange={(impressions) => change({ impressions: Math.min(Math.max(impressions ?? 0, 0), 100_000) })}
          />
        )}
      </Field>
      <div className="stack stack-tight">
        {tick("external")}
        {tick("important")}
      </div>
    </div>
  );
}
