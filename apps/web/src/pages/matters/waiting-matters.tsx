import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { MatterLine } from "./matter-line.tsx";
import { useMatters } from "./use-pages.ts";

/** Matters that wait for the reader, for the inbox: one place for everything he decides. */
export function WaitingMatters(): ReactElement {
  const t = useText("matters");
  const matters = useMatters({ view: "waiting" });
  return (
    <section className="card" aria-label={t("list.title")}>
      <ErrorPanel error={matters.error} onRetry={matters.refetch} />
      {!matters.items && !matters.error && <LinesSkeleton lines={3} />}
      <ul className="rows">
        {matters.items?.map((matter) => (
          <li key={matter.matterId}>
            <MatterLine matter={matter} />
          </li>
        ))}
      </ul>
    </section>
  );
}
