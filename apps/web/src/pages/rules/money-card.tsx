import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import type { RuleSet } from "./queries.ts";

const isCode = (text: string): boolean => /^[A-Z]{3}$/.test(text);

/** In which currency amounts stand in the tables, and what others count as in it. */
export function MoneyCard(props: { rules: RuleSet; onChange: (rules: RuleSet, what?: string) => void }): ReactElement {
  const { rules, onChange } = props;
  const t = useText("rulesOfUse");
  const [code, setCode] = useState("");
  const [currency, setCurrency] = useState(rules.currency);
  const setRate = (of: string, rate: number): void =>
    onChange({ ...rules, rates: { ...rules.rates, [of]: rate } }, `rate ${of}`);
  return (
    <section className="card" aria-labelledby="money-title">
      <header>
        <h2 id="money-title">{t("money.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("money.lead")}</p>
        <div className="money-rates">
          <Field label={t("money.currency")} hint={t("money.codeHint")}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={3}
                value={isCode(currency) ? rules.currency : currency}
                onChange={(event) => {
                  const typed = event.target.value.toUpperCase();
                  setCurrency(typed);
                  if (isCode(typed)) onChange({ ...rules, currency: typed }, "currency");
                }}
              />
            )}
          </Field>
          {Object.entries(rules.rates).map(([of, rate]) => (
            <div key={of} className="money-rate">
              <Field label={t("money.rate", { code: of })}>
                {(control) => (
                  <TextInput
                    {...control}
                    type="number"
                    inputMode="decimal"
                    step="any"
                    min={0}
                    defaultValue={rate}
                    onChange={(event) => {
                      const typed = Number(event.target.value);
                      if (typed > 0 && typed <= 1e9) setRate(of, typed);
                    }}
                  />
                )}
              </Field>
              <Button
                aria-label={t("money.drop", { code: of })}
                onClick={() => {
                  const { [of]: _, ...rates } = rules.rates;
                  onChange({ ...rules, rates });
                }}
              >
                ×
              </Button>
            </div>
          ))}
          <div className="money-rate">
            <Field label={t("money.code")} hint={t("money.codeHint")}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={3}
                  value={code}
                  onChange={(event) => setCode(event.target.value.toUpperCase())}
                />
              )}
            </Field>
            <Button
              disabled={!isCode(code) || code === rules.currency || code in rules.rates}
              onClick={() => {
                setRate(code, 1);
                setCode("");
              }}
            >
              {t("money.add")}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}
