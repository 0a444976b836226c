import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import type { MatterForm } from "../matters/matter-forms.ts";
import { organisationQuery, unitImpactQuery } from "./queries.ts";
import "../custody/custody.css";
import { intoOf, keptOf, nameOf, peopleToOf, type UnitChangeKind } from "./unit-change.ts";

type FieldsOf = NonNullable<MatterForm["Fields"]>;

/** What a change of a unit asks for: where its people go, what it is called, which of its seals go on. */
export function makeUnitChangeFields(kind: UnitChangeKind): FieldsOf {
  return function UnitChangeFields({ data, unitId, onChange }): ReactElement {
    const t = useText("organisation");
    return (
      <>
        {kind === "close-unit" && (
          <UnitChoice
            label={t("change.peopleTo")}
            empty={t("change.unitAbove")}
            unitId={unitId}
            value={peopleToOf(data)}
            onChange={(peopleTo) => onChange({ ...data, peopleTo: peopleTo || null })}
          />
        )}
        {kind === "merge-unit" && (
          <UnitChoice
            label={t("change.into")}
            empty={t("choose")}
            unitId={unitId}
            value={intoOf(data)}
            onChange={(intoUnitId) => onChange({ ...data, intoUnitId })}
          />
        )}
        {kind === "rename-unit" && (
          <NameFields
            label={t("change.newName")}
            value={nameOf(data)}
            onChange={(name) => onChange({ ...data, name })}
          />
        )}
        {kind !== "close-unit" && unitId && (
          <KeptSeals
            unitId={unitId}
            kept={keptOf(data)}
            onChange={(keptSealIds) => onChange({ ...data, keptSealIds })}
          />
        )}
      </>
    );
  };
}

function UnitChoice(props: {
  label: string;
  empty: string;
  unitId: string | null;
  value: string;
  onChange: (unitId: string) => void;
}): ReactElement {
  const language = useLanguage();
  const { data: organisation } = useQuery(organisationQuery);
  const units = organisation?.units ?? [];
  const entityId = units.find((unit) => unit.unitId === props.unitId)?.entityId;
  return (
    <Field label={props.label}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          <option value="">{props.empty}</option>
          {units
            .filter((unit) => unit.entityId === entityId && unit.unitId !== props.unitId)
            .map((unit) => (
              <option key={unit.unitId} value={unit.unitId}>
                {nameIn(unit.name, language)}
              </option>
            ))}
        </select>
      )}
    </Field>
  );
}

/** The unit's seals that are in use, each of which may go on where its face says nothing else. */
function KeptSeals(props: {
  unitId: string;
  kept: readonly string[];
  onChange: (sealIds: string[]) => void;
}): ReactElement | null {
  const t = useText("organisation");
  const language = useLanguage();
  // Looked at as if it closed: every seal that would stop is one that could be kept.
  const { data: impact } = useQuery(unitImpactQuery(props.unitId, { kind: "close-unit", peopleTo: null }));
  const seals = impact?.seals.filter((seal) => seal.fate === "stops") ?? [];
  if (seals.length === 0) return null;
  return (
    <fieldset className="stack stack-tight">
      <legend>{t("change.keep")}</legend>
      <p className="note small">{t("change.keepWhy")}</p>
      {seals.map((seal) => (
        <label key={seal.sealId} className="custody-tick">
          <input
            type="checkbox"
            checked={props.kept.includes(seal.sealId)}
            onChange={(event) =>
              props.onChange(
                event.target.checked
                  ? [...props.kept, seal.sealId]
                  : props.kept.filter((sealId) => sealId !== seal.sealId),
              )
            }
          />
          <span>
            {nameIn(seal.name, language)} <span className="mono">{seal.number}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
