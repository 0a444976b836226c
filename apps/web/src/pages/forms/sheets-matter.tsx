import { useQuery } from "@tanstack/react-query";
import type { ComponentProps, ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { PersonChoice } from "../custody/custody-choices.tsx";
import { peopleQuery } from "../custody/queries.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { readSheetsData } from "./form-matter-data.ts";

/** How many sheets, who takes them, until when, on which paper; why they are needed is the matter's own reason. */
function SheetsFields({ data, onChange }: ComponentProps<NonNullable<MatterForm["Fields"]>>): ReactElement {
  const t = useText("forms");
  const read = readSheetsData(data);
  const set = (part: Partial<typeof read>): void => onChange({ ...read, ...part });
  return (
    <>
      <p className="note">{t("sheets.why")}</p>
      <div className="field-pair">
        <Field label={t("sheets.count")}>
          {(control) => (
            <NumberInput
              control={control}
              min={1}
              value={read.count}
              onChange={(count) => set({ count: count ?? 1 })}
            />
          )}
        </Field>
        <Field label={t("sheets.backBy")} hint={t("sheets.backByHint")}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={read.backBy}
              onChange={(event) => set({ backBy: event.target.value })}
            />
          )}
        </Field>
      </div>
      <PersonChoice label={t("sheets.taker")} value={read.takerId} onChange={(takerId) => set({ takerId })} />
      <Field label={t("sheets.paper")} hint={t("sheets.paperHint")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={120}
            value={read.paper}
            onChange={(event) => set({ paper: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function SheetsFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("forms");
  const language = useLanguage();
  const day = useDay();
  const { data } = useQuery(peopleQuery);
  const read = readSheetsData(matter.data);
  const taker = data?.items.find((one) => one.personId === read.takerId);
  return (
    <dl className="facts">
      <dt>{t("sheets.count")}</dt>
      <dd>{read.count}</dd>
      <dt>{t("sheets.taker")}</dt>
      <dd>{taker ? nameIn(taker.name, language) : ""}</dd>
      <dt>{t("sheets.backBy")}</dt>
      <dd>{read.backBy && day(read.backBy)}</dd>
      <dt>{t("sheets.paper")}</dt>
      <dd className="typed">{read.paper}</dd>
    </dl>
  );
}

export const sheetsForms: { readonly "blank-sheets": MatterForm } = {
  "blank-sheets": { concerns: [], Fields: SheetsFields, Facts: SheetsFacts },
};
