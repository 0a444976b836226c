import { useQuery } from "@tanstack/react-query";
import type { ComponentProps, ReactElement } from "react";
import { formatAmount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { Choice, Tick } from "../custody/custody-choices.tsx";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { templatesQuery } from "../templates/queries.ts";
import { readTerms } from "./terms.ts";

type FieldsProps = ComponentProps<NonNullable<MatterForm["Fields"]>>;

const KINDS = ["none", "company", "state-owned", "authority", "bank", "individual", "affiliate"] as const;
const CURRENCIES = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP"] as const;

/** The terms: which template, for whom, up to what, how often, how long. */
function TermFields({ data, entityId, onChange }: FieldsProps): ReactElement {
  const t = useText("standing");
  const word = useWord();
  const language = useLanguage();
  const { data: templates } = useQuery(templatesQuery);
  const terms = readTerms(data);
  const set = (part: Partial<typeof terms>): void => onChange({ ...terms, ...part });
  const inForce = (templates?.items ?? []).filter(
    (one) => one.state === "in-force" && one.entity.entityId === entityId,
  );
  return (
    <>
      <Choice
        label={t("terms.template")}
        hint={t(inForce.length === 0 ? "terms.noTemplate" : "terms.templateHint")}
        value={terms.templateId}
        none={t("terms.choose")}
        options={inForce.map((one) => ({ id: one.templateId, name: nameIn(one.name, language) }))}
        onChange={(templateId) => set({ templateId })}
      />
      <fieldset className="field">
        <legend>{t("terms.kinds")}</legend>
        {KINDS.map((kind) => (
          <Tick
            key={kind}
            label={word("counterpartyKinds", kind)}
            checked={terms.counterpartyKinds.includes(kind)}
            onChange={(on) =>
              set({
                counterpartyKinds: on
                  ? [...terms.counterpartyKinds, kind]
                  : terms.counterpartyKinds.filter((one) => one !== kind),
              })
            }
          />
        ))}
      </fieldset>
      <div className="field-pair">
        <Field label={t("terms.limit")} hint={t("terms.limitHint")}>
          {(control) => (
            <NumberInput
              control={control}
              min={0}
              value={terms.limit}
              onChange={(limit) => set({ limit: limit ?? 0 })}
            />
          )}
        </Field>
        <Choice
          label={t("terms.currency")}
          value={terms.currency}
          options={CURRENCIES.map((id) => ({ id, name: id }))}
          onChange={(currency) => set({ currency })}
        />
      </div>
      <Field label={t("terms.count")}>
        {(control) => (
          <NumberInput control={control} min={1} value={terms.count} onChange={(count) => set({ count: count ?? 1 })} />
        )}
      </Field>
      <div className="field-pair">
        {(["from", "to"] as const).map((key) => (
          <Field key={key} label={t(`terms.${key}`)}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                required
                value={terms[key]}
                onChange={(event) => set({ [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}

/** Who decides reads the terms whole. */
function TermFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("standing");
  const word = useWord();
  const language = useLanguage();
  const day = useDay();
  const { data: templates } = useQuery(templatesQuery);
  const terms = readTerms(matter.data);
  const template = templates?.items.find((one) => one.templateId === terms.templateId && one.number !== null);
  const facts = [
    [t("terms.template"), template ? nameIn(template.name, language) : terms.templateId],
    [
      t("terms.kinds"),
      terms.counterpartyKinds.map((kind) => word("counterpartyKinds", kind)).join(language === "zh" ? "、" : ", "),
    ],
    [
      t("terms.limit"),
      terms.limit === 0 ? t("noAmount") : formatAmount(terms.limit.toFixed(2), terms.currency, language),
    ],
    [t("terms.count"), String(terms.count)],
    [t("terms.to"), t("days", { from: terms.from && day(terms.from), to: terms.to && day(terms.to) })],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="facts-line">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export const standingForms: { readonly "standing-authorisation": MatterForm } = {
  "standing-authorisation": { concerns: ["seal"], dated: false, Fields: TermFields, Facts: TermFacts },
};
