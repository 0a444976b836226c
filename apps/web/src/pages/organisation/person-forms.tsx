import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail, MatterKind } from "../matters/queries.ts";
import { organisationQuery } from "./queries.ts";

type FieldsOf = NonNullable<MatterForm["Fields"]>;
type FactsProps = { readonly matter: MatterDetail };
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const LeaveFields: FieldsOf = ({ data, onChange }): ReactElement => {
  const t = useText("organisation");
  return (
    <Field label={t("events.untilOn")}>
      {(control) => (
        <TextInput
          {...control}
          type="date"
          value={textOf(data.untilOn)}
          onChange={(event) => onChange({ ...data, untilOn: event.target.value })}
        />
      )}
    </Field>
  );
};

const TransferFields: FieldsOf = ({ data, entityId, onChange }): ReactElement => {
  const t = useText("organisation");
  const language = useLanguage();
  const { data: organisation } = useQuery(organisationQuery);
  return (
    <Field label={t("events.toUnit")}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={textOf(data.toUnitId)}
          onChange={(event) => onChange({ ...data, toUnitId: event.target.value })}
        >
          <option value="">{t("choose")}</option>
          {organisation?.units
            .filter((unit) => unit.entityId === entityId)
            .map((unit) => (
              <option key={unit.unitId} value={unit.unitId}>
                {nameIn(unit.name, language)}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
};

/** What becomes of the seals the person keeps is said in words; the rest stands in the matter itself. */
function EventFacts({ matter }: FactsProps): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const day = useDay();
  const { data: organisation } = useQuery(organisationQuery);
  const unit = organisation?.units.find((one) => one.unitId === matter.data.toUnitId);
  const untilOn = textOf(matter.data.untilOn);
  return (
    <>
      {(unit !== undefined || untilOn !== "") && (
        <dl className="facts">
          <div className="facts-line">
            <dt>{t(unit ? "events.toUnit" : "events.untilOn")}</dt>
            <dd>{unit ? nameIn(unit.name, language) : day(untilOn)}</dd>
          </div>
        </dl>
      )}
      <p className="note">{t("events.why")}</p>
    </>
  );
}

const RepresentativeFields: FieldsOf = ({ data, onChange }): ReactElement => {
  const t = useText("organisation");
  return (
    <Field label={t("events.lapseOn")} hint={t("events.lapseHint")}>
      {(control) => (
        <TextInput
          {...control}
          type="date"
          value={textOf(data.lapseOn)}
          onChange={(event) => onChange({ ...data, lapseOn: event.target.value })}
        />
      )}
    </Field>
  );
};

const ReturnFields: FieldsOf = (): ReactElement => {
  const t = useText("organisation");
  return <p className="note">{t("events.returnHint")}</p>;
};

function ReturnFacts(): ReactElement {
  const t = useText("organisation");
  return <p className="note">{t("events.returnWhy")}</p>;
}

function RepresentativeFacts({ matter }: FactsProps): ReactElement {
  const t = useText("organisation");
  const day = useDay();
  return (
    <>
      <dl className="facts">
        <div className="facts-line">
          <dt>{t("events.lapseOn")}</dt>
          <dd>{day(textOf(matter.data.lapseOn))}</dd>
        </div>
      </dl>
      <p className="note">{t("events.representativeWhy")}</p>
    </>
  );
}

const event: MatterForm = { concerns: ["person"], dated: true, Facts: EventFacts };

/** What matters about a person who goes, for days or for good, ask for and show. */
export const personForms: Partial<Record<MatterKind, MatterForm>> = {
  "person-leave": { ...event, Fields: LeaveFields },
  "leave-end": { ...event, Fields: ReturnFields, Facts: ReturnFacts },
  "person-transfer": { ...event, Fields: TransferFields },
  "person-departure": event,
  "term-end": event,
  "representative-change": { ...event, Fields: RepresentativeFields, Facts: RepresentativeFacts },
};
