import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { makeUnitTree, type Unit, type UnitBranch } from "../organisation/organisation.ts";
import type { SectionProps } from "./register-form.tsx";
import { changeKey, type RegistrationFacts, type SealForm } from "./registration.ts";

/** Type, whose seal it is, what it is called, and where it may be used. */
export function IdentitySection(
  props: SectionProps & {
    facts: RegistrationFacts;
    units: readonly Unit[];
    onForm: (form: SealForm) => void;
    numberProblem: string | undefined;
  },
): ReactElement {
  const { form, change, problems, facts, onForm } = props;
  const t = useText("seals");
  const language = useLanguage();
  const type = facts.types.find((one) => one.kindId === form.kindId);
  const rekey = (part: Parameters<typeof changeKey>[1]): void => onForm(changeKey(form, part, facts));
  return (
    <section className="card register-identity" aria-labelledby="identity-title">
      <header>
        <h2 id="identity-title">{t("new.identity.title")}</h2>
      </header>
      <div className="card-body stack">
        <Field
          label={t("new.identity.type")}
          hint={t(`new.identity.${type?.important ? "important" : "ordinary"}${facts.small ? "Small" : ""}`)}
        >
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={form.kindId}
              onChange={(event) => {
                rekey({ kindId: event.target.value });
              }}
            >
              {facts.types.map((one) => (
                <option key={one.kindId} value={one.kindId}>
                  {nameIn(one.name, language)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <div className="field-pair">
          <Field
            label={t("new.identity.entity")}
            problem={problems.includes("entity") ? t("new.problems.entity") : undefined}
          >
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={form.entityId}
                onChange={(event) => rekey({ entityId: event.target.value })}
              >
                {facts.entities.map((entity) => (
                  <option key={entity.entityId} value={entity.entityId}>
                    {nameIn(entity.name, language)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t("new.identity.unit")} hint={t("new.identity.unitHint")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={form.unitId}
                onChange={(event) => rekey({ unitId: event.target.value })}
              >
                <option value="">{t("units.whole")}</option>
                {listUnits(makeUnitTree(props.units, form.entityId)).map(({ unit, depth }) => (
                  <option key={unit.unitId} value={unit.unitId}>
                    {`${"\u2003".repeat(depth)}${nameIn(unit.name, language)}`}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <NameFields
          label={t("new.identity.name")}
          value={form.name}
          onChange={(name) => change({ name })}
          problem={problems.includes("name") ? t("new.problems.name") : undefined}
        />
        <div className="field-pair">
          <Field
            label={t("new.identity.number")}
            hint={t("new.identity.numberHint")}
            problem={
              props.numberProblem ??
              (problems.includes("number")
                ? t("new.problems.number")
                : problems.includes("numberTaken")
                  ? t("new.problems.numberTaken")
                  : undefined)
            }
          >
            {(control) => (
              <TextInput
                {...control}
                className="mono"
                maxLength={40}
                autoComplete="off"
                spellCheck={false}
                value={form.number}
                onChange={(event) => change({ number: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("new.identity.scope")} hint={t("new.identity.scopeHint")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={form.external ? "external" : "internal"}
                onChange={(event) => change({ external: event.target.value === "external" })}
              >
                <option value="external">{t("facts.external")}</option>
                <option value="internal">{t("facts.internal")}</option>
              </select>
            )}
          </Field>
        </div>
      </div>
    </section>
  );
}

function listUnits(branches: readonly UnitBranch[], depth = 0): { unit: Unit; depth: number }[] {
  return branches.flatMap(({ unit, below }) => [{ unit, depth }, ...listUnits(below, depth + 1)]);
}
