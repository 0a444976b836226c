import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";

export interface LinkSegment {
  readonly key: string;
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
  readonly current: boolean;
  readonly icon?: ReactNode;
  readonly text: string;
  readonly count?: number;
}

/**
 * Ways to see one list, beside each other, each an address of its own. `track` chooses how it is shown, `counts` which
 * part of it, with how many there are.
 */
export function LinkSegments(props: {
  label: string;
  look: "track" | "counts";
  segments: readonly LinkSegment[];
}): ReactElement {
  return (
    <nav className={`segments segments-${props.look}`} aria-label={props.label}>
      {props.segments.map((segment) => (
        <Link
          key={segment.key}
          to={segment.to}
          search={segment.search}
          replace
          resetScroll={false}
          activeOptions={{ exact: true }}
          aria-current={segment.current ? "page" : undefined}
        >
          {segment.icon}
          <span>{segment.text}</span>
          {segment.count !== undefined && <b>{segment.count}</b>}
        </Link>
      ))}
    </nav>
  );
}
