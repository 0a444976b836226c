import type { ReactElement } from "react";
import type { FieldControl } from "./field.tsx";
import { TextInput } from "./text-input.tsx";

/** A whole number to type in, as high as every other line; null while it is empty or none. */
export function NumberInput(props: {
  control: FieldControl;
  min: number;
  max?: number;
  value: number | null;
  onChange: (value: number | null) => void;
}): ReactElement {
  const { control, min, max, value, onChange } = props;
  return (
    <TextInput
      {...control}
      type="number"
      inputMode="numeric"
      step={1}
      min={min}
      max={max}
      value={value ?? ""}
      onChange={(event) => {
        const typed = event.target.value === "" ? Number.NaN : Number(event.target.value);
        onChange(Number.isSafeInteger(typed) ? typed : null);
      }}
    />
  );
}
