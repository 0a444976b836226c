import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { ActDialog } from "./act-dialog.tsx";
import { DestroyDialog } from "./destroy-dialog.tsx";
import { formLook, isFormState, listCounts, writeExample } from "./form-states.ts";
import { SeriesTags } from "./forms-page.tsx";
import { LetterheadCard } from "./letterhead-card.tsx";
import { NumberBand, NumberBar } from "./number-bar.tsx";
import { PostingList } from "./posting-list.tsx";
import { type FormAct, type FormState, type Series, seriesQuery } from "./queries.ts";
import { ReceiptMessages } from "./receipt-messages.tsx";
import { ReportDialog } from "./report-dialog.tsx";
import { SeriesDialog } from "./series-dialog.tsx";
import { SheetReports } from "./sheet-reports.tsx";
import { SheetsCard } from "./sheets-card.tsx";
import { StockTakes } from "./stock-takes.tsx";
import "./forms.css";

/** One series: where each number is, what may be done, stock-takes, and what was done. */
export function SeriesPage(): ReactElement {
  const { seriesId = "" }: { seriesId?: string } = useParams({ strict: false });
  const search: Record<string, unknown> = useSearch({ strict: false });
  const state = isFormState(search.state) ? search.state : undefined;
  const from = typeof search.from === "number" && search.from > 0 ? search.from : undefined;
  const query = seriesQuery(seriesId, { ...(state ? { state } : {}), ...(from ? { from } : {}) });
  const { data: series, error, refetch } = useQuery(query);
  if (error && !series) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!series) return <PageSkeleton />;
  return <WholeSeries series={series} state={state} />;
}

/** The act a reader does most comes first. */
const ACT_ORDER: readonly FormAct[] = [
  "issue",
  "use",
  "report",
  "receive",
  "return",
  "void",
  "count",
  "destroy",
  "change",
];

function WholeSeries(props: { series: Series; state: FormState | undefined }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const language = useLanguage();
  const [act, setAct] = useState<FormAct | null>(null);
  const close = (): void => setAct(null);
  const acts = ACT_ORDER.filter((one) => series.actions.includes(one));
  const lead = [
    nameIn(series.kindName, language),
    t("card.keeper", { name: nameIn(series.keeper.name, language) }),
    series.seal ? t("card.seal", { seal: nameIn(series.seal.name, language) }) : t("card.noSeal"),
  ];
  return (
    <>
      <PageHeader
        trail={[{ to: paths.forms, name: t("list.title") }]}
        title={nameIn(series.name, language)}
        tags={<SeriesTags series={series} />}
        lead={lead.join(" · ")}
        {...(acts.length > 0
          ? {
              actions: acts.map((one, at) => (
                <Button key={one} type={at === 0 ? "primary" : "default"} onClick={() => setAct(one)}>
                  {t(`acts.${one}`)}
                </Button>
              )),
            }
          : {})}
      />
      <div className="stack">
        <ReceiptMessages series={series} />
        <Warnings series={series} />
        <div className="columns">
          <div className="stack">
            <SheetReports series={series} />
            <SheetsCard series={series} />
            <LetterheadCard series={series} />
            <Numbers series={series} state={props.state} />
          </div>
          <div className="stack">
            {series.whole && <StockTakes series={series} />}
            <PostingList series={series} />
          </div>
        </div>
      </div>
      {act === "change" && <SeriesDialog series={series} onClose={close} />}
      {act === "report" && <ReportDialog series={series} onClose={close} />}
      {act === "destroy" && <DestroyDialog series={series} onClose={close} />}
      {act !== null && act !== "change" && act !== "destroy" && act !== "report" && (
        <ActDialog key={act} act={act} series={series} onClose={close} />
      )}
    </>
  );
}

function Warnings(props: { series: Series }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const language = useLanguage();
  return (
    <>
      {!series.whole && <p className="note">{t("page.ownOnly")}</p>}
      {!series.keeperFit && (
        <Message tone="problem" title={t("page.unfit", { name: nameIn(series.keeper.name, language) })}>
          {t("page.unfitWhy")}
        </Message>
      )}
      {series.counts.missing > 0 && (
        <Message tone="problem" title={t("page.missing", { count: series.counts.missing })}>
          {t("page.missingWhy")}
        </Message>
      )}
      {series.low && (
        <Message tone="warning" title={t("page.low", { count: series.counts["in-stock"], mark: series.lowMark })}>
          {t("page.lowWhy")}
        </Message>
      )}
    </>
  );
}

function Numbers(props: { series: Series; state: FormState | undefined }): ReactElement {
  const { series, state } = props;
  const t = useText("forms");
  const counts = listCounts(series.counts);
  const [first, last] = [series.ranges.at(0), series.ranges.at(-1)];
  const to = paths.formSeries(series.seriesId);
  const wholeIsShown = state === undefined && series.next === null && first && last;
  return (
    <section className="card" aria-labelledby="where-title">
      <header>
        <h2 id="where-title">{t("page.where")}</h2>
      </header>
      <div className="card-body stack">
        <NumberBar counts={series.counts} />
        {series.band.length > 1 && (
          <div className="stack stack-tight">
            <NumberBand series={series} />
            {wholeIsShown && (
              <span className="note small">
                {t("page.bandNote", {
                  first: writeExample(series, first.first),
                  last: writeExample(series, last.last),
                })}
              </span>
            )}
          </div>
        )}
        <LinkSegments
          label={t("page.filter")}
          look="counts"
          segments={[
            { key: "all", to, search: {}, current: state === undefined, text: t("page.all") },
            ...counts.map((one) => ({
              ...{ key: one.state, to, search: { state: one.state }, current: one.state === state },
              ...{ text: t(`states.${one.state}`), count: one.count },
            })),
          ]}
        />
      </div>
      <RangeList series={series} state={state} />
    </section>
  );
}

function RangeList(props: { series: Series; state: FormState | undefined }): ReactElement {
  const { series, state } = props;
  const t = useText("forms");
  const language = useLanguage();
  if (series.ranges.length === 0)
    return <p className="card-body note">{t(series.band.length === 0 ? "card.empty" : "page.noneOf")}</p>;
  return (
    <>
      <ul className="rows">
        {series.ranges.map((range) => (
          <li key={range.first} className="rows-line">
            <div className="form-range">
              <span className="form-range-number">{range.written}</span>
              <span className="form-range-size">
                {t("page.size", { count: range.size })}
                {range.holder && (
                  <span className="note"> · {t("page.holder", { name: nameIn(range.holder.name, language) })}</span>
                )}
              </span>
              <Tag {...formLook[range.state]}>{t(`states.${range.state}`)}</Tag>
            </div>
          </li>
        ))}
      </ul>
      {series.next !== null && (
        <p className="more">
          <Link
            className="button-link button-link-quiet"
            to={paths.formSeries(series.seriesId)}
            search={{ ...(state ? { state } : {}), from: series.next }}
          >
            {t("page.more")}
          </Link>
        </p>
      )}
    </>
  );
}
