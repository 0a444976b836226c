import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import type { LocalName } from "../i18n/language.ts";
import { Field } from "./field.tsx";
import { TextInput } from "./text-input.tsx";

/** A name in both languages, as two fields of equal rank. */
export function NameFields(props: {
  label: string;
  value: LocalName;
  onChange: (value: LocalName) => void;
  problem?: string | undefined;
}): ReactElement {
  const t = useText("parts");
  const { value, onChange } = props;
  return (
    <div className="field-pair">
      <Field label={t("nameEn", { label: props.label })} problem={value.en.trim() ? undefined : props.problem}>
        {(control) => (
          <TextInput
            {...control}
            lang="en"
            maxLength={200}
            value={value.en}
            onChange={(event) => onChange({ ...value, en: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("nameZh", { label: props.label })} problem={value.zh.trim() ? undefined : props.problem}>
        {(control) => (
          <TextInput
            {...control}
            lang="zh-CN"
            maxLength={200}
            value={value.zh}
            onChange={(event) => onChange({ ...value, zh: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
