import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { Choice, Tick } from "../custody/custody-choices.tsx";
import { KindClasses } from "./kind-classes.tsx";
import {
  beginChange,
  CONTAINERS,
  changeKind,
  FILINGS,
  HOLDERS,
  listMissing,
  PRESSERS,
  type SealTypeChange,
  type SealTypeNow,
  SHAPES,
} from "./seal-kind-form.ts";

/** Asks for a new kind of seal, or for the next version of one, with its reason; a second person confirms it. */
export function SealTypeDialog(props: {
  /** The kind that is changed; null where an own one is added. */
  kind: SealTypeNow | null;
  kinds: readonly SealTypeNow[];
  busy: boolean;
  error: unknown;
  onSave: (wanted: SealTypeChange) => void;
  onClose: () => void;
}): ReactElement {
  const { kind, kinds } = props;
  const t = useText("life");
  const parts = useText("parts");
  const language = useLanguage();
  const bases = kinds.filter((one) => !one.own);
  const base = kind ?? bases.find((one) => one.type === "business") ?? kinds[0];
  const [form, setForm] = useState<SealTypeChange | null>(base ? beginChange(base, kind === null) : null);
  const lacks = form ? listMissing(form) : [];
  const gaps = useGaps({
    name: lacks.includes("name") && "missing",
    widthMm: lacks.includes("width") && t("types.sizeOutOfRange"),
    heightMm: lacks.includes("height") && t("types.sizeOutOfRange"),
    reason: lacks.includes("reason") && "missing",
  });
  if (!form)
    return (
      <Dialog title={t("types.add")} onClose={props.onClose}>
        {null}
      </Dialog>
    );
  const change = (part: Partial<SealTypeChange>): void => setForm(changeKind(form, part));
  const choose = <K extends keyof SealTypeChange, V extends SealTypeChange[K] & string>(
    key: K,
    label: string,
    options: readonly V[],
    nameOf: (id: V) => string,
  ): ReactElement => (
    <Choice
      label={label}
      value={String(form[key])}
      options={options.map((id) => ({ id, name: nameOf(id) }))}
      onChange={(id) => {
        const chosen = options.find((one) => one === id);
        if (chosen !== undefined) change({ [key]: chosen });
      }}
    />
  );
  return (
    <Dialog
      title={kind ? t("types.changeTitle", { name: nameIn(kind.name, language) }) : t("types.add")}
      onClose={props.onClose}
    >
      <form
        ref={gaps.ref}
        className="stack"
        noValidate
        onSubmit={gaps.press(() => props.onSave({ ...form, reason: form.reason.trim() }))}
      >
        {kind === null && (
          <Choice
            label={t("types.base")}
            hint={t("types.baseHint")}
            value={form.type}
            options={bases.map((one) => ({ id: one.type, name: nameIn(one.name, language) }))}
            onChange={(id) => {
              const chosen = bases.find((one) => one.type === id);
              if (chosen) setForm({ ...beginChange(chosen, true), name: form.name, reason: form.reason });
            }}
          />
        )}
        <NameFields
          label={t("types.name")}
          value={form.name}
          problem={gaps.problem("name")}
          onChange={(next) => change({ name: next })}
        />
        <Tick label={t("types.important")} checked={form.important} onChange={(on) => change({ important: on })} />
        <p className="note small">{t("types.importantHint")}</p>
        <Tick
          label={t("types.dualControl")}
          checked={form.dualControl}
          onChange={(on) => change({ dualControl: on })}
        />
        <Tick label={t("types.external")} checked={form.external} onChange={(on) => change({ external: on })} />
        <KindClasses classes={form.classes} onChange={(classes) => change({ classes })} />
        {choose("leastContainer", t("types.leastContainer"), CONTAINERS, (id) => t(`types.containers.${id}`))}
        {choose("holders", t("types.holders"), HOLDERS, (id) => t(`types.holdersOf.${id}`))}
        {choose("pressers", t("types.pressers"), PRESSERS, (id) => t(`types.pressersOf.${id}`))}
        {choose("filing", t("types.filing"), FILINGS, (id) => t(`types.filings.${id}`))}
        {choose("shape", t("types.shape"), SHAPES, (id) => t(`types.shapes.${id}`))}
        <div className="field-pair">
          {(["widthMm", "heightMm"] as const).map((side) => (
            <Field
              key={side}
              label={t(side === "widthMm" ? "types.width" : "types.height")}
              problem={gaps.problem(side)}
            >
              {(control) => (
                <TextInput
                  {...control}
                  type="number"
                  inputMode="decimal"
                  min={5}
                  max={100}
                  step={0.5}
                  value={form[side]}
                  disabled={side === "heightMm" && (form.shape === "circle" || form.shape === "square")}
                  onChange={(event) => change({ [side]: Number(event.target.value) || 0 })}
                />
              )}
            </Field>
          ))}
        </div>
        <Field label={t("types.reason")} hint={t("types.reasonHint")} problem={gaps.problem("reason")}>
          {(control) => (
            <TextLines
              {...control}
              required
              maxLength={500}
              value={form.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
        <ErrorPanel error={props.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{parts("cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={props.busy}>
            {t("types.ask")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
