import { type ReactElement, type ReactNode, useId } from "react";
import { OctagonIcon } from "./icons.tsx";

/** What a control gets from its field: the id its label points to, and what describes it. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: true;
}

/** A labelled control with its hint and, where there is one, its complaint. */
export function Field(props: {
  label: ReactNode;
  hint?: ReactNode;
  problem?: string | undefined;
  children: (control: FieldControl) => ReactNode;
}): ReactElement {
  const id = useId();
  const described = [props.hint === undefined ? "" : `${id}-hint`, props.problem ? `${id}-problem` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children({
        id,
        ...(described ? { "aria-describedby": described } : {}),
        ...(props.problem ? { "aria-invalid": true as const } : {}),
      })}
      {props.hint !== undefined && (
        <span className="field-hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      )}
      {props.problem && (
        <span className="field-problem" id={`${id}-problem`} role="alert">
          <OctagonIcon />
          {props.problem}
        </span>
      )}
    </div>
  );
}
