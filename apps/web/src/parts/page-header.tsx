import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";

/** The head of a page: where it lies, its name, its state, one line about it, what may be done. */
export function PageHeader(props: {
  title: ReactNode;
  trail?: readonly { readonly to: string; readonly name: string }[];
  tags?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}): ReactElement {
  return (
    <div className="page-header">
      {props.trail && (
        <ol className="trail">
          {props.trail.map((step) => (
            <li key={step.to}>
              <Link to={step.to}>{step.name}</Link>
            </li>
          ))}
        </ol>
      )}
      <div className="page-header-row">
        <div className="page-header-text">
          <div className="row">
            <h1>{props.title}</h1>
            {props.tags}
          </div>
          {props.lead !== undefined && <p className="note">{props.lead}</p>}
        </div>
        {props.actions !== undefined && <div className="row page-header-actions">{props.actions}</div>}
      </div>
    </div>
  );
}
