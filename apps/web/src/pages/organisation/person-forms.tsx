import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useSession } from "../../session.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail, MatterKind } from "../matters/queries.ts";
import { organisationQuery } from "./queries.ts";
import { RepresentativeImpactPanel, TouchedCard } from "./unit-impact-panel.tsx";
import { WhoStandsIn } from "./who-stands-in.tsx";

type FieldsOf = NonNullable<MatterForm["Fields"]>;
type FactsProps = { readonly matter: MatterDetail };
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const LeaveFields: FieldsOf = ({ data, personId, onChange }): ReactElement => {
  const t = useText("organisation");
  return (
    <>
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
      {personId != null && <WhoStandsIn personId={personId} />}
    </>
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

const RepresentativeFields: FieldsOf = ({ data, entityId, onChange }): ReactElement => {
  const t = useText("organisation");
  const lapseOn = textOf(data.lapseOn);
  return (
    <>
      <p className="note">{t("events.representativeWho")}</p>
      <Field label={t("events.lapseOn")} hint={t("events.lapseHint")}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            value={lapseOn}
            onChange={(event) => onChange({ ...data, lapseOn: event.target.value })}
          />
        )}
      </Field>
      {entityId !== "" && isDay(lapseOn) && <RepresentativeImpactPanel {...{ entityId, lapseOn }} />}
    </>
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

/** Whom the server shows what the change touches. */
const looking: readonly string[] = ["signatory", "seal-administrator", "inspector", "system-administrator"];
/** A day written whole; a field of dates is empty until then, and asks for no preview. */
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function RepresentativeFacts({ matter }: FactsProps): ReactElement {
  const t = useText("organisation");
  const day = useDay();
  const session = useSession();
  const lapseOn = textOf(matter.data.lapseOn);
  // Until it is carried out, who decides sees what it touches today; afterwards somebody else is the former one.
  const open = ["draft", "in-review", "returned", "withdrawn", "approved"].includes(matter.state);
  const looks = session.roles.some((role) => looking.includes(role)) && isDay(lapseOn);
  return (
    <>
      <dl className="facts">
        <div className="facts-line">
          <dt>{t("events.lapseOn")}</dt>
          <dd>{day(textOf(matter.data.lapseOn))}</dd>
        </div>
      </dl>
      <p className="note">{t("events.representativeWhy")}</p>
      {open && looks && <RepresentativeImpactPanel entityId={matter.entity.entityId} lapseOn={lapseOn} />}
      <TouchedCard matter={matter} of="representative" />
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
