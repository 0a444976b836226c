import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { InputNumber } from "antd";
import type { ComponentProps, ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { PersonChoice } from "../custody/custody-choices.tsx";
import { peopleQuery } from "../custody/queries.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail, MatterKind } from "../matters/queries.ts";
import { readCorrectionData, readDestroyData } from "./form-matter-data.ts";
import { writeExample } from "./form-states.ts";
import { seriesListQuery } from "./queries.ts";

type FieldsProps = ComponentProps<NonNullable<MatterForm["Fields"]>>;
type FactsProps = { readonly matter: MatterDetail };

export function DestroyFields({ data, onChange }: FieldsProps): ReactElement {
  const t = useText("forms");
  const read = readDestroyData(data);
  const set = (part: Record<string, unknown>): void => onChange({ ...data, ...part });
  return (
    <>
      <div className="field-pair">
        <Field label={t("dialog.first")}>
          {(control) => (
            <InputNumber {...control} min={0} value={read.first} onChange={(first) => set({ first: first ?? null })} />
          )}
        </Field>
        <Field label={t("dialog.last")}>
          {(control) => (
            <InputNumber {...control} min={0} value={read.last} onChange={(last) => set({ last: last ?? null })} />
          )}
        </Field>
      </div>
      <div className="field-pair">
        {([0, 1] as const).map((at) => (
          <PersonChoice
            key={at}
            label={t("dialog.executor", { nth: at + 1 })}
            value={read.executors[at]}
            onChange={(id) => set({ executors: at === 0 ? [id, read.executors[1]] : [read.executors[0], id] })}
          />
        ))}
      </div>
      <Field label={t("dialog.method")} hint={t("dialog.methodHint")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={read.method}
            onChange={(event) => set({ method: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function DestroyFacts({ matter }: FactsProps): ReactElement {
  const t = useText("forms");
  const language = useLanguage();
  const { data: people } = useQuery(peopleQuery);
  const { data: list } = useQuery(seriesListQuery);
  const read = readDestroyData(matter.data);
  const series = list?.items.find((one) => one.seriesId === read.seriesId);
  const write = (number: number | null): string =>
    number === null ? "" : series ? writeExample(series, number) : String(number);
  const names = read.executors.flatMap((id) => {
    const person = people?.items.find((one) => one.personId === id);
    return person ? [nameIn(person.name, language)] : [];
  });
  const facts = [
    [t("destroyFacts.numbers"), `${write(read.first)}–${write(read.last)}`],
    [t("destroyFacts.executors"), formatNames(names, language)],
    [t("destroyFacts.method"), read.method],
  ] as const;
  return (
    <dl className="facts">
      {series && (
        <div className="facts-line">
          <dt>{t("destroyFacts.series")}</dt>
          <dd>
            <Link to={paths.formSeries(series.seriesId)}>{nameIn(series.name, language)}</Link>
          </dd>
        </div>
      )}
      {facts
        .filter(([, value]) => value !== "")
        .map(([name, value]) => (
          <div key={name} className="facts-line">
            <dt>{name}</dt>
            <dd className="typed">{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function CorrectionFields({ data, onChange }: FieldsProps): ReactElement {
  const t = useText("forms");
  const { reads } = readCorrectionData(data);
  return (
    <Field label={t("correction.reads")}>
      {(control) => (
        <TextLines
          {...control}
          maxLength={500}
          value={reads}
          onChange={(event) => onChange({ ...data, reads: event.target.value })}
        />
      )}
    </Field>
  );
}

function CorrectionFacts({ matter }: FactsProps): ReactElement {
  const t = useText("forms");
  const { lineId, register, reads } = readCorrectionData(matter.data);
  const line = (
    <Link to={paths.register(register)} search={{ line: lineId }}>
      {t("correction.open")}
    </Link>
  );
  return (
    <dl className="facts">
      {register !== "" && (
        <div className="facts-line">
          <dt>{t("correction.line")}</dt>
          <dd>{line}</dd>
        </div>
      )}
      <div className="facts-line">
        <dt>{t("correction.reads")}</dt>
        <dd className="typed">{reads}</dd>
      </div>
    </dl>
  );
}

/** What matters of forms and books ask for and show; each is begun where the thing itself is shown. */
export const formMatterForms: Partial<Record<MatterKind, MatterForm>> = {
  "destroy-forms": { concerns: [], ownPage: true, Fields: DestroyFields, Facts: DestroyFacts },
  "correct-line": { concerns: [], ownPage: true, Fields: CorrectionFields, Facts: CorrectionFacts },
};
