import { useQuery } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { ListSelect } from "../../parts/list-select.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { peopleQuery } from "../organisation/queries.ts";
import { LAST_STAGE, withAnswer, withDecider } from "./edit-rules.ts";
import type { Column, LimitOutput, RouteOutput, RulesPageData, ScopeOutput } from "./queries.ts";

interface Part<Output> {
  readonly output: Output;
  readonly onChange: (output: Output, what?: string) => void;
}
const SCOPE_ANSWERS = ["allow", "refuse", "ask"] as const satisfies readonly ScopeOutput["answer"][];
const DECIDERS = [
  "unit-head",
  "legal-review",
  "named",
  "signatory",
] as const satisfies readonly RouteOutput["decider"][];
const MODES = ["any", "all", "quorum"] as const satisfies readonly RouteOutput["mode"][];
const NOBODY = ["refuse", "skip"] as const satisfies readonly RouteOutput["ifNobody"][];

/** A choice of one, as the browser has it. */
function PickOne<Value extends string>(props: {
  label: string;
  value: Value;
  values: readonly Value[];
  say: (value: Value) => ReactNode;
  onChange: (value: Value) => void;
}): ReactElement {
  const { label, value, values, say, onChange } = props;
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="native-select"
          value={value}
          onChange={(event) => {
            const found = values.find((one) => one === event.target.value);
            if (found !== undefined) onChange(found);
          }}
        >
          {values.map((one) => (
            <option key={one} value={one}>
              {say(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Several of a list, in the order they were chosen. */
function PickSome<Value extends string>(props: {
  label: string;
  value: readonly Value[];
  options: readonly { readonly value: Value; readonly label: string }[];
  onChange: (value: Value[]) => void;
}): ReactElement {
  const { label, value, options, onChange } = props;
  return (
    <Field label={label}>
      {(control) => (
        <ListSelect
          {...control}
          mode="multiple"
          optionFilterProp="label"
          value={[...value]}
          onChange={(chosen: Value[]) => onChange(chosen)}
          options={options.map((one) => ({ ...one }))}
        />
      )}
    </Field>
  );
}

/** Whether the seal may be used; where not, which ones are right, and where so, which papers go with it. */
export function ScopeFields(
  props: Part<ScopeOutput> & { sealTypes: Column["values"]; attachments: RulesPageData["attachments"] },
): ReactElement {
  const { output, onChange } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  return (
    <>
      <PickOne
        label={t("answers.answer")}
        value={output.answer}
        values={SCOPE_ANSWERS}
        say={(one) => t(`answers.${one}`)}
        onChange={(answer) => onChange(withAnswer(output, answer))}
      />
      {output.answer === "refuse" && (
        <PickSome
          label={t("answers.rightSeals")}
          value={output.rightSeals}
          options={props.sealTypes.map((one) => ({
            value: one.value as ScopeOutput["rightSeals"][number],
            label: nameIn(one.name, language),
          }))}
          onChange={(rightSeals) => onChange({ ...output, rightSeals })}
        />
      )}
      {output.answer === "ask" && (
        <PickSome
          label={t("answers.attachments")}
          value={output.attachments}
          options={props.attachments.map((one) => ({ value: one.kind, label: nameIn(one.name, language) }))}
          onChange={(attachments) => onChange({ ...output, attachments })}
        />
      )}
    </>
  );
}

/** The step that the row adds: who decides it, in which stage, how many of them, within what time. */
export function StepFields({ output, onChange }: Part<RouteOutput>): ReactElement {
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const { data } = useQuery(peopleQuery);
  const change = (part: Partial<RouteOutput>, what?: string): void => onChange({ ...output, ...part }, what);
  return (
    <>
      <PickOne
        label={t("answers.decider")}
        value={output.decider}
        values={DECIDERS}
        say={(one) => t(`deciders.${one}`)}
        onChange={(decider) => onChange(withDecider(output, decider))}
      />
      {output.decider === "named" && (
        <>
          <NameFields
            label={t("answers.title")}
            value={output.title}
            onChange={(title) => change({ title }, "title")}
          />
          <PickSome
            label={t("answers.people")}
            value={output.people}
            options={(data?.items ?? [])
              .filter((person) => person.state === "active" || output.people.includes(person.personId))
              .map((person) => ({ value: person.personId, label: nameIn(person.name, language) }))}
            onChange={(people) => change({ people })}
          />
        </>
      )}
      <div className="rule-range">
        {output.decider === "signatory" ? (
          <Field label={t("answers.stage")} hint={t("editor.lastStage")}>
            {(control) => <output {...control}>{LAST_STAGE}</output>}
          </Field>
        ) : (
          <Field label={t("answers.stage")}>
            {(control) => (
              <NumberInput
                control={control}
                min={1}
                max={LAST_STAGE - 1}
                value={output.stage}
                onChange={(stage) => stage !== null && stage >= 1 && stage < LAST_STAGE && change({ stage })}
              />
            )}
          </Field>
        )}
        <Field label={t("editor.hours")} hint={t("editor.hoursHint")}>
          {(control) => (
            <NumberInput
              control={control}
              min={1}
              max={1440}
              value={output.hours}
              onChange={(hours) => (hours === null || (hours >= 1 && hours <= 1440)) && change({ hours }, "hours")}
            />
          )}
        </Field>
        <PickOne
          label={t("answers.mode")}
          value={output.mode}
          values={MODES}
          say={(one) => (one === "quorum" ? t("answers.someOf") : t(one === "any" ? "answers.anyOf" : "answers.allOf"))}
          onChange={(mode) => change({ mode })}
        />
        {output.mode === "quorum" && (
          <Field label={t("editor.quorum")}>
            {(control) => (
              <NumberInput
                control={control}
                min={2}
                max={40}
                value={output.quorum}
                onChange={(quorum) => quorum !== null && quorum >= 2 && quorum <= 40 && change({ quorum })}
              />
            )}
          </Field>
        )}
        <PickOne
          label={t("answers.ifNobody")}
          value={output.ifNobody}
          values={NOBODY}
          say={(one) => t(one === "refuse" ? "answers.refuseNobody" : "answers.skipNobody")}
          onChange={(ifNobody) => change({ ifNobody })}
        />
      </div>
    </>
  );
}

/** How often and how long, and what is asked of who decides and seals. */
export function LimitFields({ output, onChange }: Part<LimitOutput>): ReactElement {
  const t = useText("rulesOfUse");
  const change = (part: Partial<LimitOutput>, what?: string): void => onChange({ ...output, ...part }, what);
  const fits = (value: number | null, most: number): boolean => value === null || (value >= 1 && value <= most);
  return (
    <>
      <div className="rule-range">
        <Field label={t("editor.most")} hint={t("editor.mostHint")}>
          {(control) => (
            <NumberInput
              control={control}
              min={1}
              max={100_000}
              value={output.impressionsMost}
              onChange={(most) => fits(most, 100_000) && change({ impressionsMost: most }, "most")}
            />
          )}
        </Field>
        <Field label={t("editor.days")} hint={t("editor.daysHint")}>
          {(control) => (
            <NumberInput
              control={control}
              min={1}
              max={366}
              value={output.validDays}
              onChange={(days) => fits(days, 366) && change({ validDays: days }, "days")}
            />
          )}
        </Field>
      </div>
      {(["presence", "supervised"] as const).map((key) => (
        <label key={key} className="rule-check">
          <input type="checkbox" checked={output[key]} onChange={(event) => change({ [key]: event.target.checked })} />
          {t(`editor.${key}`)}
        </label>
      ))}
    </>
  );
}
