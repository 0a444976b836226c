import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { formatAmount, formatCount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useFormatContext, useMoment } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { useClassName } from "../document-classes/queries.ts";
import { todayIn } from "../organisation/organisation.ts";

type Backtest = RouteAnswer<"GET /v1/rules/versions/:versionId/backtests">["items"][number];
const backtestsQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["rules", "backtests", versionId],
    queryFn: () =>
      api("GET /v1/rules/versions/:versionId/backtests", { params: { versionId: versionId as `rul_${string}` } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? 1000 : false),
  });
type Result = NonNullable<Backtest["result"]>;

/** Tries a draft on the past, or on a generated year, and tells what it would have changed and cost. */
export function BacktestCard(props: {
  versionId: `rul_${string}`;
  /** Only who writes the draft tries it; what is typed is saved before. */
  prepare?: () => Promise<void>;
}): ReactElement | null {
  const { versionId, prepare } = props;
  const t = useText("rulesOfUse");
  const queries = useQueryClient();
  const { now, timeZone } = useFormatContext();
  const today = todayIn(now, timeZone);
  const [from, setFrom] = useState(`${Number(today.slice(0, 4)) - 1}${today.slice(4)}`);
  const [to, setTo] = useState(today);
  const query = backtestsQuery(versionId);
  const tried = useQuery(query);
  const ask = useMutation({
    mutationFn: async (period: { from: string; to: string } | null) => {
      await prepare?.();
      return api("POST /v1/rules/versions/:versionId/backtests", { params: { versionId }, body: { period } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  });
  const items = tried.data?.items ?? [];
  if (!prepare && items.length === 0) return null;
  return (
    <section className="card" aria-labelledby="rule-backtest">
      <header>
        <h2 id="rule-backtest" className="under-header">
          {t("backtest.title")}
        </h2>
      </header>
      {prepare && (
        <div className="card-body stack">
          <p className="note">{t("backtest.lead")}</p>
          <div className="field-pair">
            <Field label={t("backtest.from")}>
              {(control) => (
                <TextInput
                  {...control}
                  type="date"
                  max={to}
                  value={from}
                  onChange={(event) => setFrom(event.target.value)}
                />
              )}
            </Field>
            <Field label={t("backtest.to")}>
              {(control) => (
                <TextInput
                  {...control}
                  type="date"
                  min={from}
                  value={to}
                  onChange={(event) => setTo(event.target.value)}
                />
              )}
            </Field>
          </div>
          <div className="row">
            <Button
              loading={ask.isPending}
              disabled={from === "" || to === ""}
              onClick={() => ask.mutate({ from, to })}
            >
              {t("backtest.past")}
            </Button>
            <Button loading={ask.isPending} onClick={() => ask.mutate(null)}>
              {t("backtest.year")}
            </Button>
          </div>
          <ErrorPanel error={ask.error} />
        </div>
      )}
      <ErrorPanel error={tried.error} onRetry={() => void tried.refetch()} />
      <ul className="rows" aria-live="polite">
        {items.map((item) => (
          <BacktestLine key={item.backtestId} item={item} />
        ))}
      </ul>
    </section>
  );
}

/** What was last tried with a draft, to who decides on it; that it was never tried is told, too. */
export function LastBacktest(props: { versionId: string }): ReactElement | null {
  const { versionId } = props;
  const t = useText("rulesOfUse");
  const tried = useQuery(backtestsQuery(versionId));
  if (tried.isPending) return null;
  const items = tried.data?.items ?? [];
  const lastOf = (all: readonly Backtest[]): readonly Backtest[] =>
    [all.find(({ result }) => result !== null) ?? all[0]].flatMap((one) => one ?? []);
  // On the past and on a generated year: neither hides what the other found.
  const last = [...lastOf(items.filter(({ period }) => period)), ...lastOf(items.filter(({ period }) => !period))];
  return (
    <section className="stack stack-tight" aria-labelledby="rule-last-backtest">
      <h3 id="rule-last-backtest">{t("backtest.last")}</h3>
      <ErrorPanel error={tried.error} onRetry={() => void tried.refetch()} />
      {last.length > 0 ? (
        <ul className="rows">
          {last.map((item) => (
            <BacktestLine key={item.backtestId} item={item} />
          ))}
        </ul>
      ) : (
        !tried.error && <p className="note">{t("backtest.never")}</p>
      )}
    </section>
  );
}

const isUnderWay = ({ state }: Backtest): boolean => state === "waiting" || state === "running";

function BacktestLine(props: { item: Backtest }): ReactElement {
  const { item } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const day = useDay();
  const moment = useMoment();
  return (
    <li className="rows-line backtest-line">
      <p>
        <strong>
          {item.period
            ? t("backtest.ofPeriod", { from: day(item.period.from), to: day(item.period.to) })
            : t("backtest.ofYear")}
        </strong>{" "}
        <span className="note small">
          {moment(item.askedAt)}
          {item.askedBy && ` · ${nameIn(item.askedBy.name, language)}`}
          {!item.current && ` · ${t("backtest.older")}`}
        </span>
      </p>
      {isUnderWay(item) && (
        <p className="note">
          {t("backtest.running", { done: formatCount(item.done), total: formatCount(item.total) })}{" "}
          <progress aria-label={t("backtest.title")} value={item.done} max={Math.max(item.total, 1)} />
        </p>
      )}
      {item.state === "failed" && <p className="note">{t("backtest.failed")}</p>}
      {item.result && <ResultFacts result={item.result} />}
    </li>
  );
}

/** Examples shown at first, and how many more each time: on a phone each of them is as long as a card. */
const firstExamples = 10;

function ResultFacts(props: { result: Result }): ReactElement {
  const { result } = props;
  const t = useText("rulesOfUse");
  const words = useText("requests");
  const [most, setMost] = useState(firstExamples);
  const stepWords = (counts: Result["added"]): string =>
    STEPS.flatMap((kind) =>
      counts[kind] ? [`${words(`route.kinds.${kind}`)} ${formatCount(counts[kind])}`] : [],
    ).join(" · ");
  const hours = (value: number | null): string =>
    value === null
      ? t("backtest.notMeasured")
      : t("backtest.hours", { count: Math.round(value), hours: formatCount(Math.round(value)) });
  const [added, saved] = [stepWords(result.added), stepWords(result.saved)];
  return (
    <>
      <p>{t("backtest.found", { changed: formatCount(result.changed), requests: formatCount(result.requests) })}</p>
      {result.changed > 0 && (
        <dl className="facts">
          {CHANGES.flatMap((change) =>
            result.by[change]
              ? [
                  <dt key={change}>{t(`backtest.changes.${change}`)}</dt>,
                  <dd key={`${change} count`}>{formatCount(result.by[change])}</dd>,
                ]
              : [],
          )}
          {added && (
            <>
              <dt>{t("backtest.added")}</dt>
              <dd>
                {added} <span className="note">· {hours(result.hoursAdded)}</span>
              </dd>
            </>
          )}
          {saved && (
            <>
              <dt>{t("backtest.saved")}</dt>
              <dd>
                {saved} <span className="note">· {hours(result.hoursSaved)}</span>
              </dd>
            </>
          )}
        </dl>
      )}
      {result.examples.some((one) => one.requestId !== null || one.changes.length > 0) && (
        <details>
          <summary>{t("backtest.examples", { count: result.examples.length })}</summary>
          <ul className="rows">
            {result.examples.slice(0, most).map((one) => (
              <li key={one.requestId ?? one.number}>
                {one.requestId ? (
                  <Link className="inline-link" to={paths.request(one.requestId)}>
                    {one.number}
                  </Link>
                ) : (
                  one.number
                )}
                <ExampleWhat what={one.what} />
                {one.outcomes && <Outcomes {...one.outcomes} />}
                <span className="note">
                  {" "}
                  · {one.changes.map((change) => t(`backtest.changes.${change}`)).join(" · ")}
                </span>
              </li>
            ))}
          </ul>
          {result.examples.length > most && (
            <Button onClick={() => setMost(most + firstExamples)}>
              {t("backtest.more", { shown: formatCount(most), all: formatCount(result.examples.length) })}
            </Button>
          )}
        </details>
      )}
      {result.untold > 0 && <p className="note">{t("backtest.untold", { count: result.untold })}</p>}
    </>
  );
}

type Outcome = NonNullable<Result["examples"][number]["outcomes"]>["before"];

/** How an example goes now, and how it would go by the draft, beside one another. */
function Outcomes(props: { before: Outcome; after: Outcome }): ReactElement {
  const t = useText("rulesOfUse");
  const words = useText("requests");
  const say = ({ refused, steps, papers }: Outcome): string =>
    refused
      ? t("backtest.changes.refused")
      : [
          ...STEPS.flatMap((kind) =>
            steps[kind] ? [`${words(`route.kinds.${kind}`)} ${formatCount(steps[kind])}`] : [],
          ),
          ...(papers > 0 ? [t("backtest.papers", { count: papers })] : []),
        ].join(" · ");
  return (
    <dl className="facts">
      <dt>{t("backtest.before")}</dt>
      <dd>{say(props.before)}</dd>
      <dt>{t("backtest.after")}</dt>
      <dd>{say(props.after)}</dd>
    </dl>
  );
}

/** What an example was, as far as the reader may know it. */
function ExampleWhat({ what }: { what: Result["examples"][number]["what"] }): ReactElement | null {
  const t = useText("rulesOfUse");
  const word = useWord();
  const className = useClassName();
  const language = useLanguage();
  if (what === null) return <span className="note"> · {t("backtest.notYours")}</span>;
  const facts = [
    what.title ?? "",
    what.documentClass ? className(what.documentClass) : "",
    word("fact", what.external ? "external" : "internal"),
    what.sealType ? word("sealTypes", what.sealType) : "",
    what.amount ? formatAmount(what.amount, what.currency, language) : "",
    what.unit ? nameIn(what.unit, language) : "",
  ].filter(Boolean);
  return <span className="typed"> {facts.join(" · ")}</span>;
}

const STEPS = ["unit-head", "legal-review", "named", "signatory"] as const;
const CHANGES = [
  "refused",
  "no-longer-refused",
  "to-legal",
  "no-longer-legal",
  "more-steps",
  "fewer-steps",
  "more-papers",
  "fewer-papers",
] as const satisfies readonly Result["examples"][number]["changes"][number][];
