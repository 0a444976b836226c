import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { Specimen } from "./seal-face.tsx";

/** Lines where text will stand; seen only after 300 ms (the style waits). */
export function LinesSkeleton(props: { lines?: number }): ReactElement {
  const t = useText("parts");
  return (
    <div className="skeleton" aria-busy="true">
      <span className="unseen">{t("loading")}</span>
      {Array.from({ length: props.lines ?? 4 }, (_, line) => (
        <span key={`line-${line.toString()}`} className="skeleton-line" aria-hidden />
      ))}
    </div>
  );
}

/** A card with specimen ground and no face yet. */
export function SealCardSkeleton(): ReactElement {
  return (
    <div className="card seal-card skeleton-card">
      <Specimen />
      <div className="seal-card-text">
        <LinesSkeleton lines={5} />
      </div>
    </div>
  );
}

/** A page that is on its way. */
export function PageSkeleton(): ReactElement {
  return (
    <div className="stack">
      <LinesSkeleton lines={2} />
      <div className="card">
        <div className="card-body">
          <LinesSkeleton lines={6} />
        </div>
      </div>
    </div>
  );
}
