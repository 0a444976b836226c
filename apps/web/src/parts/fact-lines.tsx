import type { ReactElement, ReactNode } from "react";

/** What is known of a thing, a name and its value a line; what is empty is left out. */
export function FactLines(props: { lines: readonly (readonly [name: string, value: ReactNode])[] }): ReactElement {
  return (
    <dl className="facts">
      {props.lines
        .filter(([, value]) => value !== "" && value !== null)
        .map(([name, value]) => (
          <div key={name} className="facts-line">
            <dt>{name}</dt>
            <dd className="typed">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
