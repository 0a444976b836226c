import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ComponentProps, type ComponentType, type ReactElement, useEffect, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { Choice, PersonChoice, Tick } from "../custody/custody-choices.tsx";
import { containersQuery, peopleQuery } from "../custody/queries.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import { type SealDetail, sealQuery } from "../seals/queries.ts";
import {
  fieldsOf,
  fillData,
  findLifeGap,
  type LifeField,
  type LifeInput,
  type LifeKind,
  textOf,
  textsOf,
  toggle,
} from "./life-kinds.ts";

type FieldsProps = ComponentProps<NonNullable<MatterForm["Fields"]>>;

/** The fields of one kind, drawn from its list. */
export function makeLifeFields(kind: LifeKind): ComponentType<FieldsProps> {
  return function LifeFields({ data, sealId, missing, onChange, onStuck }: FieldsProps): ReactElement {
    const t = useText("life");
    const own = fillData(kind, data);
    const { data: seal } = useQuery({ ...sealQuery(sealId ?? ""), enabled: sealId !== null });
    const offered = seal?.next.find((one) => one.kind === kind)?.bodyIds ?? [];
    const begun = fieldsOf(kind).every(([name, { input }]) => input === "make" || Object.hasOwn(data, name));
    // What is shown as chosen is what is kept: the form's own start, and all bodies that can take the step.
    // What can take the step may be known only after the form has begun; it is chosen until somebody chose otherwise.
    const [touched, setTouched] = useState(false);
    const late = !touched && offered.length > 0 && textsOf(own.bodyIds).length === 0 && textOf(own.bodyId) === "";
    const chosen = chooseBodies(kind, offered);
    useEffect(() => {
      if (!begun || (late && Object.keys(chosen).length > 0)) onChange({ ...own, ...chosen });
    });
    const problemOf = (name: LifeField): string | undefined => {
      const gap = missing.includes(name) ? findLifeGap(kind, own, name) : undefined;
      return gap && t(`gaps.${gap}`);
    };
    const names = fieldsOf(kind).map(([name]) => name);
    const ofBodies = names.includes("bodyIds") || names.includes("bodyId");
    const kept = textsOf(own.bodyIds).length > 0 || textOf(own.bodyId) !== "";
    const stuck = seal !== undefined && ofBodies && offered.length === 0 && !kept;
    useEffect(() => {
      onStuck?.(stuck);
      return () => onStuck?.(false);
    }, [stuck, onStuck]);
    if (stuck)
      return (
        <>
          <p className="note">{t(`what.${kind}`)}</p>
          <NoneFits kind={kind} seal={seal} />
        </>
      );
    return (
      <>
        <p className="note">{t(`what.${kind}`)}</p>
        {fieldsOf(kind).map(([name, input]) => (
          <LifeFieldInput
            key={name}
            {...{ name, input, seal, offered, data: own, problem: problemOf(name) }}
            onChange={(part) => {
              setTouched((before) => before || "bodyIds" in part || "bodyId" in part);
              onChange({ ...own, ...part });
            }}
          />
        ))}
      </>
    );
  };
}

/** No piece and no key can take the step: why, how each stands, and what can be asked for instead. */
function NoneFits({ kind, seal }: { kind: LifeKind; seal: SealDetail }): ReactElement {
  const t = useText("life");
  const word = useWord();
  const language = useLanguage();
  // Steps of its bodies; whatever else may be asked for of the seal stands on its page.
  const instead = seal.next.filter((one) => one.mayAsk && one.kind !== kind && one.bodyIds.length > 0);
  return (
    <Message tone="warning" live="alert" title={t("noneFits.title", { seal: nameIn(seal.name, language) })}>
      <p>{t(`noneFits.why.${kind as "surrender"}`)}</p>
      <ul>
        {seal.bodies.map((body) => (
          <li key={body.bodyId}>
            {`${body.number} · ${word("body", body.kind)} · ${word("states.seal", body.state)}`}
          </li>
        ))}
      </ul>
      <p className="row">
        {instead.length > 0 && <span>{t("noneFits.instead")}</span>}
        {instead.map((one) => (
          <Link key={one.kind} to={paths.newMatter} search={{ kind: one.kind, sealId: seal.sealId }}>
            {nameIn(one.name, language)}
          </Link>
        ))}
        <Link to={paths.seal(seal.sealId)}>{t("noneFits.toSeal")}</Link>
      </p>
    </Message>
  );
}

function chooseBodies(kind: LifeKind, offered: readonly string[]): Record<string, unknown> {
  const names = fieldsOf(kind).map(([name]) => name);
  return {
    ...(names.includes("bodyIds") ? { bodyIds: [...offered] } : {}),
    ...(names.includes("bodyId") ? { bodyId: offered[0] ?? "" } : {}),
  };
}

interface InputProps {
  readonly name: LifeField;
  readonly input: LifeInput;
  readonly seal: SealDetail | undefined;
  readonly offered: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly problem: string | undefined;
  readonly onChange: (part: Record<string, unknown>) => void;
}

function LifeFieldInput(props: InputProps): ReactElement {
  const { name, input, data, problem, onChange } = props;
  const t = useText("life");
  const label = t(`fields.${name}`);
  const value = data[name];
  const set = (next: unknown): void => onChange({ [name]: next });
  switch (input.input) {
    case "bodies":
      return <BodyTicks {...props} label={label} />;
    case "body":
      return (
        <Choice
          label={label}
          problem={problem}
          value={textOf(value)}
          none={t("choose")}
          options={bodiesOf(props).map((body) => ({ id: body.bodyId, name: body.number }))}
          onChange={set}
        />
      );
    case "person":
      return <PersonChoice label={label} problem={problem} value={textOf(value)} onChange={set} />;
    case "two-people": {
      const [first = "", second = ""] = textsOf(value);
      return (
        <div className="field-pair">
          <PersonChoice label={t("first", { label })} value={first} onChange={(id) => set([id, second])} />
          <PersonChoice
            label={t("second", { label })}
            problem={problem}
            value={second}
            onChange={(id) => set([first, id])}
          />
        </div>
      );
    }
    case "people":
      return <PeopleTicks label={label} chosen={textsOf(value)} onChange={set} />;
    case "tick":
      return <Tick label={label} checked={value === true} onChange={set} />;
    case "choice":
      return (
        <Choice
          label={label}
          value={textOf(value)}
          options={input.options.map((id) => ({ id, name: t(`options.${id as "ecdsa-p256"}`) }))}
          onChange={set}
        />
      );
    case "container":
      return <ContainerChoice label={label} problem={problem} value={textOf(value)} onChange={set} />;
    case "make":
      return <WhatToMake {...props} />;
    default:
      return <TypedField {...{ name, input, label, problem, value, set }} />;
  }
}

const bodiesOf = ({ seal, offered, data, name }: InputProps): SealDetail["bodies"] => {
  const chosen = name === "bodyId" ? [textOf(data.bodyId)] : textsOf(data.bodyIds);
  return seal?.bodies.filter((body) => offered.includes(body.bodyId) || chosen.includes(body.bodyId)) ?? [];
};

function BodyTicks(props: InputProps & { label: string }): ReactElement {
  const t = useText("life");
  const word = useWord();
  const chosen = textsOf(props.data.bodyIds);
  const bodies = bodiesOf(props);
  return (
    <fieldset className="custody-set stack stack-tight">
      <legend>{props.label}</legend>
      {props.seal && bodies.length === 0 && <p className="note">{t("noBody")}</p>}
      {bodies.map((body) => (
        <Tick
          key={body.bodyId}
          label={`${body.number} · ${word("body", body.kind)} · ${word("states.seal", body.state)}`}
          checked={chosen.includes(body.bodyId)}
          onChange={(ticked) => props.onChange({ bodyIds: toggle(chosen, body.bodyId, ticked) })}
        />
      ))}
      {props.problem && <Message tone="problem" live="alert" title={props.problem} />}
    </fieldset>
  );
}

function PeopleTicks(props: {
  label: string;
  chosen: readonly string[];
  onChange: (personIds: string[]) => void;
}): ReactElement {
  const language = useLanguage();
  const { data: people } = useQuery(peopleQuery);
  return (
    <fieldset className="custody-set stack stack-tight">
      <legend>{props.label}</legend>
      {people?.items
        .filter((person) => person.state === "active")
        .map((person) => (
          <Tick
            key={person.personId}
            label={nameIn(person.name, language)}
            checked={props.chosen.includes(person.personId)}
            onChange={(ticked) => props.onChange(toggle(props.chosen, person.personId, ticked))}
          />
        ))}
    </fieldset>
  );
}

function ContainerChoice(props: {
  label: string;
  problem: string | undefined;
  value: string;
  onChange: (id: string) => void;
}): ReactElement {
  const t = useText("life");
  const language = useLanguage();
  const { data: containers } = useQuery(containersQuery);
  return (
    <Choice
      {...props}
      none={t("choose")}
      options={(containers?.items ?? [])
        .filter((one) => one.closedAt === null)
        .map((one) => ({ id: one.containerId, name: nameIn(one.name, language) }))}
    />
  );
}

function TypedField(props: {
  name: LifeField;
  input: LifeInput;
  label: string;
  problem: string | undefined;
  value: unknown;
  set: (value: unknown) => void;
}): ReactElement {
  const { name, input, value, set } = props;
  const t = useText("life");
  const hint = name === "specimenWidthMm" ? { hint: t("specimenHint") } : {};
  const most = "most" in input ? input.most : 10;
  return (
    <Field label={props.label} problem={props.problem} {...hint}>
      {(control) =>
        input.input === "lines" ? (
          <TextLines
            {...control}
            maxLength={most}
            value={textOf(value)}
            onChange={(event) => set(event.target.value)}
          />
        ) : input.input === "millimetres" ? (
          <TextInput
            {...control}
            type="number"
            inputMode="decimal"
            min={3}
            step={0.1}
            value={typeof value === "number" ? value : ""}
            onChange={(event) => set(Number(event.target.value) || 0)}
          />
        ) : (
          <TextInput
            {...control}
            {...(input.input === "day" ? { type: "date" } : { maxLength: most })}
            value={textOf(value)}
            onChange={(event) => set(input.input === "day" ? event.target.value || null : event.target.value)}
          />
        )
      }
    </Field>
  );
}

/** Another body: how many pieces, and the electronic one where there is none yet. */
function WhatToMake({ seal, data, onChange }: InputProps): ReactElement {
  const t = useText("life");
  const physical = (data.physical ?? null) as { pieces: number; material: string } | null;
  const electronic = (data.electronic ?? null) as { keyAlgorithm: string; filing: boolean } | null;
  const has = seal?.bodies.some((body) => body.kind === "electronic") ?? false;
  return (
    <>
      <Tick
        label={t("make.physical")}
        checked={physical !== null}
        onChange={(on) => onChange({ physical: on ? { pieces: 1, material: "" } : null, electronic })}
      />
      {physical && (
        <div className="field-pair">
          <Field label={t("make.pieces")}>
            {(control) => (
              <TextInput
                {...control}
                type="number"
                inputMode="numeric"
                min={1}
                max={9}
                value={physical.pieces}
                onChange={(event) =>
                  onChange({
                    physical: { ...physical, pieces: Math.trunc(Number(event.target.value)) || 1 },
                    electronic,
                  })
                }
              />
            )}
          </Field>
          <Field label={t("fields.material")}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={60}
                value={physical.material}
                onChange={(event) => onChange({ physical: { ...physical, material: event.target.value }, electronic })}
              />
            )}
          </Field>
        </div>
      )}
      {!has && (
        <Tick
          label={t("make.electronic")}
          checked={electronic !== null}
          onChange={(on) =>
            onChange({ physical, electronic: on ? { keyAlgorithm: "ecdsa-p256", filing: false } : null })
          }
        />
      )}
    </>
  );
}
