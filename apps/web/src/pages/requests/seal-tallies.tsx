import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { FactTag } from "../../parts/state-tag.tsx";
import type { RequestDetail } from "./queries.ts";

export interface TallyLine {
  readonly sealId: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly crossPage: boolean;
  readonly authorised: number;
  /** Null before anything could be sealed. */
  readonly settled: number | null;
  readonly copies: readonly { readonly each: number; readonly count: number }[];
}

/** Impressions by seal and copy, where there is more than one seal or copy to be told apart. */
export function SealTallies(props: { lines: readonly TallyLine[]; className?: string }): ReactElement | null {
  const { lines } = props;
  const t = useText("requests");
  const language = useLanguage();
  const isPlain = lines.length === 1 && lines[0]?.authorised === 1;
  if (lines.length === 0 || isPlain) return null;
  return (
    <ul className={`rows ${props.className ?? ""}`} aria-label={t("tally.title")}>
      {lines.map((line) => (
        <li key={line.sealId} className="paper-line">
          <strong>{nameIn(line.name, language)}</strong> {line.crossPage && <FactTag>{t("tally.crossPage")}</FactTag>}{" "}
          <span>
            {t("tally.count", { count: line.authorised })}
            {line.settled !== null && ` · ${t("tally.settled", { count: line.settled })}`}
          </span>{" "}
          <span className="note small">
            {formatNames(
              line.copies.map(({ each, count }) => t("tally.copies", { each, count })),
              language,
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The tallies of a request with the names of its seals. */
export function listTallies(request: Pick<RequestDetail, "sealTallies" | "seals" | "number">): readonly TallyLine[] {
  return request.sealTallies.flatMap((tally) => {
    const seal = request.seals.find((one) => one.sealId === tally.sealId);
    return seal ? [{ ...tally, name: seal.name, settled: request.number === null ? null : tally.settled }] : [];
  });
}
