import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TickField } from "../../parts/tick-field.tsx";
import { CONDITIONS, type Condition } from "./custody-data.ts";
import { peopleQuery } from "./queries.ts";
import "./custody.css";

/** One choice from a list, in the browser's own control. */
export function Choice(props: {
  label: string;
  hint?: string;
  problem?: string | undefined;
  value: string;
  options: readonly { readonly id: string; readonly name: string }[];
  /** What stands for no choice; left out, something is always chosen. */
  none?: string;
  onChange: (id: string) => void;
}): ReactElement {
  return (
    <Field label={props.label} {...(props.hint ? { hint: props.hint } : {})} problem={props.problem}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          {props.none !== undefined && <option value="">{props.none}</option>}
          {props.options.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A person of the organisation. */
export function PersonChoice(props: {
  label: string;
  hint?: string;
  problem?: string | undefined;
  value: string;
  onChange: (personId: string) => void;
}): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const { data } = useQuery(peopleQuery);
  return (
    <Choice
      {...props}
      none={t("handover.choose")}
      options={(data?.items ?? [])
        // Who is on leave or has left is not offered; who was chosen before stays shown.
        .filter((one) => (one.state !== "departed" && one.awayUntil === null) || one.personId === props.value)
        .map((one) => ({ id: one.personId, name: nameIn(one.name, language) }))}
    />
  );
}

export function ConditionChoice(props: {
  label: string;
  value: Condition;
  onChange: (condition: Condition) => void;
}): ReactElement {
  const t = useText("custody");
  return (
    <Choice
      label={props.label}
      value={props.value}
      options={CONDITIONS.map((one) => ({ id: one, name: t(`conditions.${one}`) }))}
      onChange={(id) => props.onChange(CONDITIONS.find((one) => one === id) ?? "good")}
    />
  );
}

/** A box to tick with its words beside it. */
export function Tick(props: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  problem?: string | undefined;
  onChange: (checked: boolean) => void;
}): ReactElement {
  const { label, ...tick } = props;
  return (
    <TickField {...tick} className="custody-tick">
      {label}
    </TickField>
  );
}
