import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { type TakeOut, takeOutsQuery } from "./queries.ts";
import "./custody.css";

/** Seals away from the house, those still away first. */
export function TakeOutsPage(): ReactElement {
  const t = useText("custody");
  const { data, error, refetch } = useQuery(takeOutsQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const ask = (
    <Link className="button-link button-link-primary" to={paths.newMatter} search={{ kind: "take-out" }}>
      {t("takeOuts.ask")}
    </Link>
  );
  return (
    <>
      <PageHeader title={t("takeOuts.title")} lead={t("takeOuts.lead")} actions={ask} />
      <section className="card" aria-label={t("takeOuts.title")}>
        {data.items.length === 0 ? (
          <div className="card-body">
            <EmptyState title={t("takeOuts.none")}>{t("takeOuts.noneWhy")}</EmptyState>
          </div>
        ) : (
          <ul className="rows">
            {data.items.map((one) => (
              <li key={one.takeOutId} className="rows-line">
                <TakeOutLine takeOut={one} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function TakeOutLine(props: { takeOut: TakeOut }): ReactElement {
  const { takeOut } = props;
  const t = useText("custody");
  const language = useLanguage();
  const recent = useRecent();
  const away = takeOut.ended === null;
  const counts = { listed: takeOut.listedImpressions, most: takeOut.mostImpressions };
  const name = (
    <>
      {nameIn(takeOut.seal.name, language)} <span className="mono">{takeOut.bodyNumber}</span>
    </>
  );
  const next = (kind: string) => ({ kind, sealId: takeOut.seal.sealId, takeOutId: takeOut.takeOutId });
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow">
          {takeOut.opens ? <Link to={paths.matter(takeOut.takeOutId)}>{name}</Link> : name}
        </strong>
        {takeOut.ended ? (
          <Tag
            tone={takeOut.ended.as === "returned" ? "success" : "problem"}
            sign={takeOut.ended.as === "returned" ? "check" : "octagon"}
          >
            {t(`takeOuts.ended.${takeOut.ended.as}`, { at: recent(takeOut.ended.at) })}
          </Tag>
        ) : (
          <Tag tone={takeOut.overdue ? "problem" : "action"} sign={takeOut.overdue ? "octagon" : "export"}>
            {t(takeOut.overdue ? "takeOuts.overdue" : "takeOuts.due", { at: recent(takeOut.dueAt) })}
          </Tag>
        )}
      </div>
      {takeOut.title !== null && takeOut.place !== null ? (
        <span>{`${takeOut.title} · ${takeOut.place}`}</span>
      ) : (
        <span className="note">{t("takeOuts.narrow")}</span>
      )}
      <span className="note small">
        {takeOut.escort.length > 0 && (
          <>
            {t("takeOuts.with", {
              names: formatNames(
                takeOut.escort.map((one) => nameIn(one.name, language)),
                language,
              ),
            })}
            {" · "}
          </>
        )}
        {takeOut.usedImpressions === null
          ? t("takeOuts.impressions", counts)
          : t("takeOuts.used", { count: takeOut.usedImpressions })}
      </span>
      {away && takeOut.mine && (
        <div className="row">
          <Link to={paths.newMatter} search={next("take-out-return")}>
            {t("takeOuts.giveBack")}
          </Link>
          <Link to={paths.newMatter} search={next("take-out-paper")}>
            {t("takeOuts.paper")}
          </Link>
          <Link to={paths.newMatter} search={next("take-out-extension")}>
            {t("takeOuts.extend")}
          </Link>
        </div>
      )}
    </div>
  );
}
