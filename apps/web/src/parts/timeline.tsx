import type { ReactElement, ReactNode } from "react";
import { useText } from "../i18n/i18n.ts";
import { CheckAll } from "./check-all.tsx";
import type { Evidence } from "./evidence-badge.tsx";
import { EvidenceBadge, useEvidenceState } from "./evidence-badge.tsx";
import { OctagonIcon, SealIcon } from "./icons.tsx";
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
  /** The third line: a comment, figures, digests. */
  readonly more?: ReactNode;
}

/**
 * What happened, in one form everywhere: what and when; who and proof; evidence. The caller gives the order. Below, the
 * reader can have all of it proved at once.
 */
export function Timeline(props: { items: readonly TimelineItem[]; label: string }): ReactElement {
  const evidences = props.items.flatMap((item) => (item.evidence ? [item.evidence] : []));
  return (
    <>
      <ol className="timeline" aria-label={props.label}>
        {props.items.map((item) => (
          <Event key={item.id} item={item} />
        ))}
      </ol>
      <CheckAll evidences={evidences} />
    </>
  );
}

function Event(props: { item: TimelineItem }): ReactElement {
  const { item } = props;
  const t = useText("parts");
  const state = useEvidenceState(item.evidence);
  const mark = state === "fails" ? "problem" : item.mark;
  return (
    <li data-evidence={state}>
      <span className="timeline-dot" data-mark={mark} aria-hidden>
        <Dot mark={mark} />
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
              <EvidenceBadge evidence={item.evidence} />
            </span>
          )}
        </div>
      )}
      {state === "fails" && (
        <p className="timeline-fails">
          <OctagonIcon /> {t("proof.rowFails")}
        </p>
      )}
      {item.more !== undefined && <div className="timeline-more">{item.more}</div>}
    </li>
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
