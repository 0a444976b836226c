import { Button } from "antd";
import { type ReactElement, useState } from "react";
import type { CallOptions } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { Choice, Tick } from "../custody/custody-choices.tsx";
import type { SealTypeNow } from "./seal-types-page.tsx";

type Version = Omit<CallOptions<"POST /v1/seal-types/:type/versions">["body"], "version">;
const FILINGS = ["none", "pieces", "all"] as const;

/** Changes a kind of seal: the next version, with its reason. */
export function SealTypeDialog(props: {
  type: SealTypeNow;
  busy: boolean;
  error: unknown;
  onSave: (wanted: Version) => void;
  onClose: () => void;
}): ReactElement {
  const { type } = props;
  const t = useText("life");
  const parts = useText("parts");
  const language = useLanguage();
  const { name, important, external, filing, widthMm, heightMm } = type;
  const [form, setForm] = useState<Version>({ name, important, external, filing, widthMm, heightMm, reason: "" });
  const change = (part: Partial<Version>): void => setForm((before) => ({ ...before, ...part }));
  const fits = (mm: number): boolean => mm >= 5 && mm <= 100;
  const named = form.name.en.trim() !== "" && form.name.zh.trim() !== "";
  const ready = named && form.reason.trim() !== "" && fits(form.widthMm) && fits(form.heightMm);
  return (
    <Dialog title={t("types.changeTitle", { name: nameIn(type.name, language) })} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) props.onSave({ ...form, reason: form.reason.trim() });
        }}
      >
        <NameFields label={t("types.name")} value={form.name} onChange={(next) => change({ name: next })} />
        <Tick label={t("types.important")} checked={form.important} onChange={(on) => change({ important: on })} />
        <p className="note small">{t("types.importantHint")}</p>
        <Tick label={t("types.external")} checked={form.external} onChange={(on) => change({ external: on })} />
        <Choice
          label={t("types.filing")}
          value={form.filing}
          options={FILINGS.map((id) => ({ id, name: t(`types.filings.${id}`) }))}
          onChange={(id) => change({ filing: FILINGS.find((one) => one === id) ?? "pieces" })}
        />
        <div className="field-pair">
          {(["widthMm", "heightMm"] as const).map((side) => (
            <Field key={side} label={t(side === "widthMm" ? "types.width" : "types.height")}>
              {(control) => (
                <TextInput
                  {...control}
                  type="number"
                  inputMode="decimal"
                  min={5}
                  max={100}
                  step={0.5}
                  value={form[side]}
                  onChange={(event) => change({ [side]: Number(event.target.value) || 0 })}
                />
              )}
            </Field>
          ))}
        </div>
        <Field label={t("types.reason")}>
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
          <Button type="primary" htmlType="submit" disabled={!ready} loading={props.busy}>
            {t("types.save", { version: type.version + 1 })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
