import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useFormatContext, useMoment } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { dayOf } from "../training/standing.ts";
import { readersQuery, type Version } from "./queries.ts";
import { findReplacedOn } from "./replaced.ts";

export function VersionTag({ state }: Pick<Version, "state">): ReactElement {
  const t = useText("ruleBook");
  const looks = {
    draft: { tone: "waiting", sign: "dashed" },
    "in-force": { tone: "success", sign: "check" },
    replaced: { tone: "ended", sign: "box" },
  } as const;
  return <Tag {...looks[state]}>{t(`states.${state}`)}</Tag>;
}

/** Every version, the newest first, each to be read as it was written. */
export function Versions(props: { versions: readonly Version[] }): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  const day = useDay();
  const moment = useMoment();
  const daysOf = (one: Version, from: string): string => {
    const to = findReplacedOn(props.versions, one);
    return to === null ? t("since", { day: day(from) }) : t("inForceFrom", { from: day(from), to: day(to) });
  };
  return (
    <section className="card" aria-label={t("views.versions")}>
      {props.versions.length === 0 ? (
        <div className="card-body">
          <EmptyState title={t("versions.none")} />
        </div>
      ) : (
        <ul className="rows">
          {props.versions.map((one) => (
            <li key={one.versionId} className="rows-line">
              <div className="grow stack stack-tight">
                <div className="row">
                  <strong>{t("version", { version: one.version })}</strong>
                  <VersionTag state={one.state} />
                  {one.inForceOn && <span className="note">{daysOf(one, one.inForceOn)}</span>}
                </div>
                <span className="note small">
                  {t("versions.written", {
                    name: one.writtenBy ? nameIn(one.writtenBy.name, language) : "–",
                    at: moment(one.writtenAt),
                  })}
                </span>
                <span className="mono digest note">{one.digest}</span>
              </div>
              <div className="row">
                {one.matter && (
                  <Link className="button-link button-link-quiet" to={paths.matter(one.matter.matterId)}>
                    {one.matter.number === null
                      ? t("versions.matterDraft")
                      : t("versions.matter", { number: one.matter.number })}
                  </Link>
                )}
                <Link className="button-link button-link-quiet" to={paths.ruleBook} search={{ version: one.versionId }}>
                  {t("versions.read")}
                </Link>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Who has confirmed the version in force and who has not, for those who watch. */
export function Readers(): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  const moment = useMoment();
  const day = useDay();
  const { timeZone } = useFormatContext();
  const { data, error, refetch } = useQuery(readersQuery);
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <LinesSkeleton lines={8} />;
  if (data.version === null || data.items.length === 0)
    return <EmptyState title={t(data.version === null ? "readers.none" : "readers.noneHere")} />;
  const done = data.items.filter((one) => one.confirmedAt !== null).length;
  return (
    <section className="card" aria-labelledby="readers-title">
      <header>
        <h2 id="readers-title">{t("readers.progress", { done, of: data.items.length, version: data.version })}</h2>
      </header>
      <ul className="rows">
        {data.items.map((one) => {
          const by = day(dayOf(new Date(one.confirmBy), timeZone));
          return (
            <li key={one.person.personId} className="rows-line">
              <span className="grow">{nameIn(one.person.name, language)}</span>
              {one.confirmedAt ? (
                <Tag tone="success" sign="check">
                  {t("readers.confirmed", { at: moment(one.confirmedAt) })}
                </Tag>
              ) : one.overdue ? (
                <Tag tone="problem" sign="octagon">
                  {t("readers.overdue", { day: by })}
                </Tag>
              ) : (
                <Tag tone="waiting" sign="dashed">
                  {t("readers.waiting", { day: by })}
                </Tag>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
