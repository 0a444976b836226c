import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { readNumber, showNumber, writeNumber } from "./cells.ts";

/** A number with decimals, read while it is typed; null while it is empty. What is no number is said and not taken. */
export function AmountField(props: {
  label: string;
  hint?: string;
  disabled?: boolean;
  value: number | null;
  onChange: (value: number | null) => void;
}): ReactElement {
  const { label, hint, disabled, value, onChange } = props;
  const t = useText("rulesOfUse");
  const [typed, setTyped] = useState(() => writeNumber(value));
  const shown = showNumber(typed, value);
  return (
    <Field label={label} hint={hint} problem={readNumber(shown) === undefined ? t("editor.number") : undefined}>
      {(control) => (
        <TextInput
          {...control}
          inputMode="decimal"
          maxLength={24}
          disabled={disabled}
          value={shown}
          onChange={(event) => {
            setTyped(event.target.value);
            const read = readNumber(event.target.value);
            if (read !== undefined) onChange(read);
          }}
          onBlur={() => setTyped((before) => (readNumber(before) === undefined ? before : writeNumber(value)))}
        />
      )}
    </Field>
  );
}
