import { useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail, MatterKind } from "../matters/queries.ts";
import { organisationQuery } from "./queries.ts";
import {
  intoOf,
  keptOf,
  nameOf,
  peopleToOf,
  readUnitChange,
  UNIT_CHANGES,
  type UnitChangeKind,
} from "./unit-change.ts";
import { makeUnitChangeFields } from "./unit-change-fields.tsx";
import { TouchedCard, UnitImpactPanel } from "./unit-impact-panel.tsx";

/** What matters of units ask for and show; each is begun on the unit's own page, after a look at what it touches. */
export const unitForms: Partial<Record<MatterKind, MatterForm>> = Object.fromEntries(
  UNIT_CHANGES.map((kind): [MatterKind, MatterForm] => [
    kind,
    {
      ...{ concerns: ["unit"], dated: true, ownPage: true },
      ...{ Fields: makeUnitChangeFields(kind), Facts: makeUnitFacts(kind) },
    },
  ]),
);

function makeUnitFacts(kind: UnitChangeKind): ComponentType<{ readonly matter: MatterDetail }> {
  return function UnitFacts({ matter }): ReactElement {
    const t = useText("organisation");
    const language = useLanguage();
    const { data: organisation } = useQuery(organisationQuery);
    const unitName = (unitId: string): string => {
      const unit = organisation?.units.find((one) => one.unitId === unitId);
      return unit ? nameIn(unit.name, language) : "";
    };
    const change = readUnitChange(kind, matter.data);
    const name = nameOf(matter.data);
    const lines: readonly (readonly [string, string])[] = [
      [t("change.unit"), unitName(matter.unitId ?? "")],
      [t("change.peopleTo"), kind === "close-unit" ? unitName(peopleToOf(matter.data)) || t("change.unitAbove") : ""],
      [t("change.into"), kind === "merge-unit" ? unitName(intoOf(matter.data)) : ""],
      [t("change.newName"), kind === "rename-unit" ? `${name.en} · ${name.zh}` : ""],
      [t("change.keep"), kind === "close-unit" ? "" : String(keptOf(matter.data).length)],
    ];
    // Until it is carried out, who decides sees what it touches today; afterwards the unit is another one.
    const open = ["draft", "in-review", "returned", "withdrawn", "approved"].includes(matter.state);
    return (
      <>
        <dl className="facts">
          {lines
            .filter(([, value]) => value !== "")
            .map(([label, value]) => (
              <div key={label} className="facts-line">
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        {open && matter.unitId && change && <UnitImpactPanel unitId={matter.unitId} change={change} refusals={false} />}
        <TouchedCard matter={matter} of="unit" />
      </>
    );
  };
}
