import type { ReactElement } from "react";
import { formatCount } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { listCounts } from "./form-states.ts";
import type { Series, SeriesSummary } from "./queries.ts";
import "./forms.css";

/** How many numbers are in which state, as a bar and, below it, in words. */
export function NumberBar(props: { counts: SeriesSummary["counts"] }): ReactElement {
  const t = useText("forms");
  const counts = listCounts(props.counts);
  const total = counts.reduce((sum, one) => sum + one.count, 0);
  return (
    <div className="stack stack-tight">
      <span className="form-bar" aria-hidden>
        {counts
          .filter((one) => one.count > 0)
          .map(({ state, count }) => (
            <span key={state} data-state={state} style={{ flexGrow: count }} />
          ))}
      </span>
      {total === 0 ? (
        <span className="note small">{t("card.empty")}</span>
      ) : (
        <dl className="form-counts" aria-label={t("card.bar")}>
          {counts.map(({ state, count }) => (
            <div key={state} data-state={state}>
              <dt>{t(`states.${state}`)}</dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** All numbers of a series in their order, each stretch in the colour of its state; the list below says the same in words. */
export function NumberBand(props: { series: Series }): ReactElement | null {
  const { band, ranges } = props.series;
  const t = useText("forms");
  if (band.length === 0) return null;
  let nth = 0;
  return (
    <span className="form-band" role="img" aria-label={t("page.band")}>
      {band.map(({ state, size }) => {
        nth += 1;
        return <span key={`${nth} of ${ranges.length}`} data-state={state} style={{ flexGrow: size }} />;
      })}
    </span>
  );
}
