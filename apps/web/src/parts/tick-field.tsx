import type { ReactElement, ReactNode } from "react";
import { useId } from "react";
import { OctagonIcon } from "./icons.tsx";

/** Something to tick, with its complaint beside it where it has to be ticked and is not. */
export function TickField(props: {
  checked: boolean;
  problem?: string | undefined;
  disabled?: boolean;
  /** How label and box stand beside each other, where not as a choice. */
  className?: string;
  children: ReactNode;
  onChange: (checked: boolean) => void;
}): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label className={props.className ?? "choice"}>
        <input
          type="checkbox"
          checked={props.checked}
          disabled={props.disabled ?? false}
          {...(props.problem ? { "aria-invalid": true as const, "aria-describedby": id } : {})}
          onChange={(event) => props.onChange(event.target.checked)}
        />
        <span>{props.children}</span>
      </label>
      {props.problem && (
        <span className="field-problem" id={id} role="alert">
          <OctagonIcon />
          {props.problem}
        </span>
      )}
    </div>
  );
}
