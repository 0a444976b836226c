import { type ReactElement, type ReactNode, useId } from "react";

/** One of a few, all of them to be seen: the browser's own radio buttons, beside each other or under each other. */
export function RadioChoice<T extends string>(props: {
  label: string;
  /** The label is only read out: what stands around says it already. */
  unseenLabel?: boolean;
  stacked?: boolean;
  value: T;
  options: readonly { readonly value: T; readonly label: ReactNode; readonly disabled?: boolean }[];
  onChange: (value: T) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className="field">
      <legend className={props.unseenLabel ? "unseen" : "field-label"}>{props.label}</legend>
      <div className={props.stacked ? "radios radios-stacked" : "radios"}>
        {props.options.map(({ value, label, disabled }) => (
          <label key={value} className="radio">
            <input
              type="radio"
              name={name}
              checked={value === props.value}
              disabled={disabled ?? false}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
