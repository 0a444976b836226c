import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { useSession } from "../../session.ts";
import { containersQuery } from "../custody/queries.ts";

/** What stands on a plate, as the server takes it. */
const plate = /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$/;

/** What is wrong with a text as that of a plate: nothing, that it is missing, or `wrong`. */
export const gapOfPlate = (text: string, wrong: string): string | false =>
  text.trim() === "" ? "missing" : !plate.test(text.trim()) && wrong;

/** The entity that what is registered belongs to; where there is one alone nobody is asked. */
export function EntityChoice(props: { value: string; onChange: (entityId: string) => void }): ReactElement | null {
  const t = useText("controllers");
  const language = useLanguage();
  const { entities } = useSession();
  if (entities.length < 2) return null;
  return (
    <Field label={t("form.entity")}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {entities.map((entity) => (
            <option key={entity.entityId} value={entity.entityId}>
              {nameIn(entity.name, language)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The container of the custody book that a controller stands in it as. */
export function ContainerChoice(props: {
  entityId: string;
  value: string;
  onChange: (containerId: string) => void;
  /** What the empty choice says. */
  none: string;
  hint: string;
  problem?: string | undefined;
}): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const containers = useQuery(containersQuery);
  const offered = (containers.data?.items ?? []).filter(
    ({ kind, entity, closedAt }) => kind === "controller" && entity.entityId === props.entityId && closedAt === null,
  );
  return (
    <Field label={t("form.container")} hint={props.hint} problem={props.problem}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          <option value="">{props.none}</option>
          {offered.map((container) => (
            <option key={container.containerId} value={container.containerId}>
              {nameIn(container.name, language)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
