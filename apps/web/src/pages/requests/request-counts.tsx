import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { CountStrip } from "../../parts/count-strip.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { findLook } from "../../parts/states.ts";
import { listCounts } from "./progress.ts";
import type { RequestDetail } from "./queries.ts";
import { listTallies, SealTallies } from "./seal-tallies.tsx";

const MOST_CHIPS = 24;

/** Authorised, sealed, settled, registered, and each impression with its state. */
export function RequestCounts(props: { request: RequestDetail }): ReactElement {
  const { counts, impressionList } = props.request;
  const t = useText("requests");
  const word = useWord();
  const shown = impressionList.slice(0, MOST_CHIPS);
  return (
    <section aria-labelledby="counts-title" className="stack stack-tight">
      <div className="section-head">
        <h2 id="counts-title">{t("counts.title")}</h2>
        <span className="note">
          {t("counts.note")}
          {counts.released > 0 && ` · ${t("counts.released", { count: counts.released })}`}
        </span>
      </div>
      <CountStrip
        label={t("counts.label")}
        counts={listCounts(props.request).map(({ key, count, left, unequal, word: said }) => ({
          key,
          label: t(`counts.${key}`),
          count,
          unequal,
          reason: said === "open" ? t("counts.open", { count: left }) : t(`counts.${said}`),
        }))}
      />
      <SealTallies lines={listTallies(props.request)} />
      {shown.length > 0 && (
        <ul className="row" aria-label={t("counts.chips")}>
          {shown.map((impression, index) => {
            const look = findLook("impression", impression.state);
            return (
              <li key={impression.impressionId}>
                <Tag tone={look.tone} sign={look.sign}>
                  {t("counts.chip", { number: index + 1, state: word("states.impression", impression.state) })}
                </Tag>
              </li>
            );
          })}
          {impressionList.length > MOST_CHIPS && (
            <li className="note small">{t("counts.rest", { count: impressionList.length - MOST_CHIPS })}</li>
          )}
        </ul>
      )}
    </section>
  );
}
