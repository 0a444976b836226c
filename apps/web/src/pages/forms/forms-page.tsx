import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { writeExample } from "./form-states.ts";
import { NumberBar } from "./number-bar.tsx";
import { type SeriesSummary, seriesListQuery } from "./queries.ts";
import { SeriesDialog } from "./series-dialog.tsx";
import "./forms.css";

/** Series of controlled forms: how many are left, and which asks for somebody. */
export function FormsPage(): ReactElement {
  const t = useText("forms");
  const session = useSession();
  const { data, error, refetch } = useQuery(seriesListQuery);
  const [opening, setOpening] = useState(false);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const manages = mayUse(session, "form.manage");
  const open = manages ? (
    <Button type="primary" onClick={() => setOpening(true)}>
      {t("list.open")}
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title={t("list.title")}
        lead={t("list.lead")}
        {...(open && data.items.length > 0 ? { actions: open } : {})}
      />
      {data.items.length === 0 ? (
        <section className="card card-body">
          <EmptyState title={t("list.none")} action={open}>
            {t(manages ? "list.noneOpen" : "list.noneWhy")}
          </EmptyState>
        </section>
      ) : (
        <ul className="form-cards">
          {data.items.map((series) => (
            <li key={series.seriesId}>
              <SeriesCard series={series} severalEntities={session.entities.length > 1} />
            </li>
          ))}
        </ul>
      )}
      {opening && <SeriesDialog onClose={() => setOpening(false)} />}
    </>
  );
}

function SeriesCard(props: { series: SeriesSummary; severalEntities: boolean }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const language = useLanguage();
  return (
    <Link className="card card-body form-card" to={paths.formSeries(series.seriesId)}>
      <span className="row">
        <strong className="grow">
          <BothNames name={series.name} />
        </strong>
        <SeriesTags series={series} />
      </span>
      <NumberBar counts={series.counts} />
      <span className="note small">
        {nameIn(series.kindName, language)} · {t("card.sample", { number: writeExample(series, 1) })}
        {props.severalEntities && ` · ${nameIn(series.entity.name, language)}`}
        <br />
        {series.whole ? t("card.keeper", { name: nameIn(series.keeper.name, language) }) : t("card.own")} ·{" "}
        {series.seal ? t("card.seal", { seal: nameIn(series.seal.name, language) }) : t("card.noSeal")}
      </span>
    </Link>
  );
}

/** What asks for somebody: a keeper who may not, numbers that are missing, few that are left. */
export function SeriesTags(props: { series: SeriesSummary }): ReactElement {
  const { counts, low, keeperFit } = props.series;
  const t = useText("forms");
  return (
    <>
      {!keeperFit && (
        <Tag tone="problem" sign="octagon">
          {t("card.unfit")}
        </Tag>
      )}
      {counts.missing > 0 && (
        <Tag tone="problem" sign="octagon">
          {t("card.missing", { count: counts.missing })}
        </Tag>
      )}
      {low && (
        <Tag tone="warning" sign="warning">
          {t("card.low", { count: counts["in-stock"] })}
        </Tag>
      )}
    </>
  );
}
