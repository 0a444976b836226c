import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import type { LocalName } from "../i18n/language.ts";
import { Field } from "./field.tsx";
import { TextLines } from "./text-input.tsx";

/** A longer text in both languages, side by side. */
export function BothLines(props: {
  label: string;
  rows?: number;
  value: LocalName;
  onChange: (value: LocalName) => void;
}): ReactElement {
  const t = useText("parts");
  const { label, value, rows = 4 } = props;
  return (
    <div className="field-pair">
      <Field label={t("nameEn", { label })}>
        {(control) => (
          <TextLines
            {...control}
            {...{ rows, lang: "en", maxLength: 5000, value: value.en }}
            onChange={(event) => props.onChange({ ...value, en: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("nameZh", { label })}>
        {(control) => (
          <TextLines
            {...control}
            {...{ rows, lang: "zh-CN", maxLength: 5000, value: value.zh }}
            onChange={(event) => props.onChange({ ...value, zh: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
