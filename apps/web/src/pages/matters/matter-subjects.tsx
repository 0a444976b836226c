import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { sealChoicesQuery } from "../seals/queries.ts";
import type { Gap } from "./matter-body.ts";
import type { MatterForm } from "./matter-forms.ts";
import { type MatterBody, organisationQuery } from "./queries.ts";

/** What a matter is about: the entity, and the seal, unit or person that its kind asks for. */
export function SubjectFields(props: {
  body: MatterBody;
  form: Pick<MatterForm, "concerns" | "sealStates">;
  problem: (gap: Gap) => string | undefined;
  onChange: (change: Partial<MatterBody>) => void;
}): ReactElement {
  const { body, problem, onChange } = props;
  const { concerns, sealStates } = props.form;
  const t = useText("matters");
  const language = useLanguage();
  const { data: organisation } = useQuery(organisationQuery);
  const { data: seals } = useQuery({ ...sealChoicesQuery, enabled: concerns.includes("seal") });
  const { data: people } = useQuery({
    queryKey: ["people"],
    queryFn: () => api("GET /v1/people"),
    enabled: concerns.includes("person"),
  });
  const choices = {
    seal: {
      value: body.sealId,
      options:
        seals?.items
          .filter((seal) => seal.entity.entityId === body.entityId)
          // What was chosen before stays shown, whatever became of it.
          .filter((seal) => !sealStates || sealStates.includes(seal.state) || seal.sealId === body.sealId)
          .map((seal) => ({ id: seal.sealId, name: `${nameIn(seal.name, language)} ${seal.number}` })) ?? [],
      choose: (id: string | null) => onChange({ sealId: id }),
    },
    unit: {
      value: body.unitId,
      options:
        organisation?.units
          .filter((unit) => unit.entityId === body.entityId)
          .map((unit) => ({ id: unit.unitId, name: nameIn(unit.name, language) })) ?? [],
      choose: (id: string | null) => onChange({ unitId: id }),
    },
    person: {
      value: body.personId,
      options: people?.items.map((one) => ({ id: one.personId, name: nameIn(one.name, language) })) ?? [],
      choose: (id: string | null) => onChange({ personId: id }),
    },
  };
  return (
    <>
      <Field label={t("form.entity")}>
        {(control) => (
          <select
            {...control}
            className="native-select"
            value={body.entityId}
            onChange={(event) => onChange({ entityId: event.target.value, sealId: null, unitId: null })}
          >
            {organisation?.entities.map((entity) => (
              <option key={entity.entityId} value={entity.entityId}>
                {nameIn(entity.name, language)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {concerns.map((subject) => {
        const { value, options, choose } = choices[subject];
        return (
          <Field key={subject} label={t(`form.${subject}`)} problem={problem(subject)}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={value ?? ""}
                onChange={(event) => choose(event.target.value || null)}
              >
                <option value="">{t("form.choose")}</option>
                {options.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        );
      })}
    </>
  );
}
