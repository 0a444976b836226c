import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ComponentProps, ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { PersonChoice } from "../custody/custody-choices.tsx";
import { peopleQuery } from "../custody/queries.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail, MatterKind } from "../matters/queries.ts";
import { lineQuery, registersQuery } from "../registers/queries.ts";
import { readCorrectionData, readDestroyData } from "./form-matter-data.ts";
import { seriesListQuery } from "./queries.ts";
import { sheetsForms } from "./sheets-matter.tsx";

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
            <NumberInput control={control} min={0} value={read.first} onChange={(first) => set({ first })} />
          )}
        </Field>
        <Field label={t("dialog.last")}>
          {(control) => <NumberInput control={control} min={0} value={read.last} onChange={(last) => set({ last })} />}
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
  const { forms } = matter;
  // Who does not see the series reads its name; only who sees it is led there.
  const seen = list?.items.some((one) => one.seriesId === forms?.seriesId) ?? false;
  const names = read.executors.flatMap((id) => {
    const person = people?.items.find((one) => one.personId === id);
    return person ? [nameIn(person.name, language)] : [];
  });
  const facts = [
    [t("destroyFacts.numbers"), forms?.written ?? ""],
    [t("destroyFacts.executors"), formatNames(names, language)],
    [t("destroyFacts.method"), read.method],
  ] as const;
  return (
    <dl className="facts">
      {forms && (
        <div className="facts-line">
          <dt>{t("destroyFacts.series")}</dt>
          <dd>
            {seen ? (
              <Link to={paths.formSeries(forms.seriesId)}>{nameIn(forms.name, language)}</Link>
            ) : (
              nameIn(forms.name, language)
            )}
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

/** The line as it stands beside what it should read: nobody decides on what he cannot compare. */
function CorrectionFacts({ matter }: FactsProps): ReactElement {
  const t = useText("forms");
  const language = useLanguage();
  const { lineId, register, reads, point } = readCorrectionData(matter.data);
  const { data: registers } = useQuery(registersQuery);
  const card = registers?.items.find((one) => one.register === register);
  const { data: line } = useQuery({ ...lineQuery(card?.register ?? "seal", lineId), enabled: card !== undefined });
  const fact = line?.facts.find((one) => one.key === point);
  return (
    <dl className="facts">
      <dt>{t("correction.line")}</dt>
      <dd>
        {card && nameIn(card.name, language)}
        {line && (
          <>
            {" · "}
            {line.number} · {nameIn(line.title, language)}
          </>
        )}
        <br />
        {card && (
          <Link to={paths.register(register)} search={{ line: lineId }}>
            {t("correction.open")}
          </Link>
        )}
      </dd>
      <dt>{t("correction.point")}</dt>
      <dd>
        {fact
          ? `${nameIn(fact.name, language)} · ${t("correction.now", { value: nameIn(fact.value, language) })}`
          : t("correction.whole")}
      </dd>
      <dt>{t("correction.reads")}</dt>
      <dd className="typed">{reads}</dd>
    </dl>
  );
}

/** What matters of forms and books ask for and show; each is begun where the thing itself is shown. */
export const formMatterForms: Partial<Record<MatterKind, MatterForm>> = {
  ...sheetsForms,
  "destroy-forms": { concerns: [], ownPage: true, Fields: DestroyFields, Facts: DestroyFacts },
  "correct-line": { concerns: [], ownPage: true, Fields: CorrectionFields, Facts: CorrectionFacts },
};
