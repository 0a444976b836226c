import type { ReactElement, ReactNode } from "react";
import { Field } from "./field.tsx";
import { TextLines } from "./text-input.tsx";

/** Some lines in which somebody says why, or what others should know; what they are called and miss comes from outside. */
export function ReasonField(props: {
  label: ReactNode;
  hint?: ReactNode;
  problem?: string | undefined;
  rows?: number;
  /** Most characters. */
  most?: number;
  value: string;
  onChange: (value: string) => void;
}): ReactElement {
  const { label, hint, problem, rows = 3, most = 500 } = props;
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <TextLines
          {...control}
          rows={rows}
          maxLength={most}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
