import type { ReactElement, ReactNode } from "react";
import type { Evidence } from "./evidence-badge.tsx";
import { EvidenceBadge } from "./evidence-badge.tsx";
import { SealIcon } from "./icons.tsx";
import { SignIcon } from "./state-tag.tsx";

/** How an event is marked: ink for what was written, success, frozen, vermilion for an impression, square for a problem. */
export type TimelineMark = "ink" | "success" | "now" | "frozen" | "impression" | "problem";

export interface TimelineItem {
  readonly id: string;
  readonly mark: TimelineMark;
  readonly what: ReactNode;
  readonly when: ReactNode;
  readonly who?: ReactNode;
  readonly evidence?: Evidence;
  readonly onOpenEvidence?: () => void;
  /** The third line: a comment, figures, digests. */
  readonly more?: ReactNode;
}

/** What happened, in one form everywhere: what and when; who and proof; evidence. The caller gives the order. */
export function Timeline(props: { items: readonly TimelineItem[]; label: string }): ReactElement {
  return (
    <ol className="timeline" aria-label={props.label}>
      {props.items.map((item) => (
        <li key={item.id}>
          <span className="timeline-dot" data-mark={item.mark} aria-hidden>
            <Dot mark={item.mark} />
          </span>
          <div className="timeline-line">
            <strong>{item.what}</strong>
            <span className="timeline-end note">{item.when}</span>
          </div>
          {(item.who !== undefined || item.evidence) && (
            <div className="timeline-line">
              <span className="note">{item.who}</span>
              {item.evidence && (
                <span className="timeline-end">
                  <EvidenceBadge
                    evidence={item.evidence}
                    {...(item.onOpenEvidence ? { onOpen: item.onOpenEvidence } : {})}
                  />
                </span>
              )}
            </div>
          )}
          {item.more !== undefined && <div className="timeline-more">{item.more}</div>}
        </li>
      ))}
    </ol>
  );
}

function Dot(props: { mark: TimelineMark }): ReactElement | null {
  switch (props.mark) {
    case "impression":
      return <SealIcon size={12} />;
    case "success":
      return <SignIcon sign="check" />;
    case "now":
      return <SignIcon sign="clock" />;
    case "frozen":
      return <SignIcon sign="pause" />;
    case "problem":
      return <SignIcon sign="octagon" />;
    case "ink":
      return null;
  }
}
