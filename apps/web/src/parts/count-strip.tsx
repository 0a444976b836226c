import type { ReactElement, ReactNode } from "react";
import { useText } from "../i18n/i18n.ts";
import { OctagonIcon } from "./icons.tsx";

export interface Count {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly reason: ReactNode;
  /** The count is not what it has to be. */
  readonly unequal?: boolean;
}

/** The counts of one request beside each other, always in the order given; an unequal one says so in words. */
export function CountStrip(props: { counts: readonly Count[]; label: string }): ReactElement {
  const t = useText("parts");
  return (
    <dl className="counts" aria-label={props.label}>
      {props.counts.map((count) => (
        <div key={count.key} data-unequal={count.unequal ?? false}>
          <dt>{count.label}</dt>
          <dd className="count-figure">{count.count}</dd>
          <dd className="count-reason">
            {count.unequal && (
              <>
                <OctagonIcon />
                <span className="unseen">{t("counts.unequal")}</span>
              </>
            )}
            {count.reason}
          </dd>
        </div>
      ))}
    </dl>
  );
}
