import type { ReactElement, ReactNode } from "react";

/** Nothing here yet: the dashed outline of a face, one sentence, the next step. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }): ReactElement {
  return (
    <div className="empty">
      <span className="empty-face" aria-hidden />
      <div>
        <p>
          <strong>{props.title}</strong>
        </p>
        {props.children !== undefined && <p className="note">{props.children}</p>}
        {props.action !== undefined && <div className="empty-action">{props.action}</div>}
      </div>
    </div>
  );
}
