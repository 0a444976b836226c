import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import type { LocalName } from "../i18n/language.ts";
import { Field } from "./field.tsx";
import { TextLines } from "./text-input.tsx";

/** A longer text in both languages, side by side. */
export function BothLines(props: {
  label: string;
  rows?: number;
  most?: number;
  value: LocalName;
  onChange: (value: LocalName) => void;
}): ReactElement {
  const t = useText("parts");
  const { label, value, rows = 4, most = 5000 } = props;
  return (
    <div className="field-pair">
      <Field label={t("nameEn", { label })}>
        {(control) => (
          <TextLines
            {...control}
            {...{ rows, lang: "en", maxLength: most, value: value.en }}
            onChange={(event) => props.onChange({ ...value, en: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("nameZh", { label })}>
        {(control) => (
          <TextLines
            {...control}
            {...{ rows, lang: "zh-CN", maxLength: most, value: value.zh }}
            onChange={(event) => props.onChange({ ...value, zh: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
