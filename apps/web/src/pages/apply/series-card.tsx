import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useEffect, useId, useRef, useState } from "react";
import { api } from "../../api.ts";
import { formatAmount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { Choice } from "../custody/custody-choices.tsx";
import { type SeriesFault, seriesQuery } from "../series/queries.ts";
import { SeriesLines } from "../series/series-lines.tsx";
import { templatesQuery } from "../templates/queries.ts";
import { useApply } from "./apply-context.ts";

const MOST_LINES = 1000;
const CURRENCIES = ["CNY", "USD", "EUR", "HKD", "JPY", "GBP"];

/** Where documents are made from a template and a list, in the place of handing them in. */
export function SeriesMaker(): ReactElement | null {
  const { draft, store } = useApply();
  const { entityId } = draft.facts;
  const t = useText("series");
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [versionId, setVersionId] = useState("");
  const [currency, setCurrency] = useState(draft.facts.currency);
  const [seriesId, setSeriesId] = useState<string | null>(null);
  const { data: templates } = useQuery({ ...templatesQuery, retry: false });
  const series = useQuery(seriesQuery(seriesId));
  const send = useMutation({
    mutationFn: (file: File) =>
      api("POST /v1/document-series", { query: { versionId, currency }, file, fileName: file.name }),
    onSuccess: (answer) => setSeriesId(answer.seriesId),
  });
  const made = series.data?.state === "ready" ? series.data : null;
  const first = useQuery({
    queryKey: ["document", made?.first],
    queryFn: () => api("GET /v1/documents/:documentId", { params: { documentId: made?.first ?? "" } }),
    enabled: made?.first != null,
  });
  useEffect(() => {
    if (!made || !first.data) return;
    const change = {
      ...{ documentClass: made.template.documentClass, counterparty: made.counterparty, currency: made.currency },
      ...{ external: made.counterparty !== "", amount: made.largest ?? "", emergency: null, standingId: null },
    };
    store.change({ type: "series", seriesId: made.seriesId, file: first.data, change });
  }, [made, first.data, store]);
  const open = (templates?.items ?? []).filter(
    (one) => one.state === "in-force" && (entityId === null || one.entity.entityId === entityId),
  );
  const faults = send.data?.seriesId === null ? send.data.faults : (series.data?.faults ?? []);
  const isMaking = series.data?.state === "making" || (made !== null && !first.error);
  return (
    <details className="series-maker">
      <summary>{t("open")}</summary>
      <div className="stack">
        <p className="note">{t("openWhy")}</p>
        {templates && open.length === 0 && <p className="note">{t("noTemplates")}</p>}
        {open.length > 0 && (
          <>
            <Choice
              label={t("template")}
              value={versionId}
              none={t("choose")}
              options={open.map((one) => ({ id: one.versionId, name: nameIn(one.name, language) }))}
              onChange={(chosen) => {
                setVersionId(chosen);
                setSeriesId(null);
                send.reset();
              }}
            />
            <Choice
              label={t("currency")}
              value={currency}
              options={CURRENCIES.map((id) => ({ id, name: id }))}
              onChange={setCurrency}
            />
          </>
        )}
        {versionId !== "" && (
          <>
            <p className="note small">{t("listWhy", { most: MOST_LINES })}</p>
            <div className="row">
              {(["xlsx", "csv"] as const).map((format) => (
                <a
                  key={format}
                  className="button-link button-link-quiet"
                  href={`/v1/templates/versions/${encodeURIComponent(versionId)}/list?language=${language}&format=${format}`}
                  download
                >
                  {t("download", { format: format.toUpperCase() })}
                </a>
              ))}
              <Button type="primary" loading={send.isPending || isMaking} onClick={() => input.current?.click()}>
                {t("give")}
              </Button>
              <input
                ref={input}
                type="file"
                hidden
                accept=".xlsx,.csv"
                aria-label={t("give")}
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  setSeriesId(null);
                  if (file) send.mutate(file);
                  // The same file may be chosen again after it was mended.
                  event.target.value = "";
                }}
              />
            </div>
          </>
        )}
        <div aria-live="polite">
          {send.isPending && <p>{t("reading")}</p>}
          {series.data?.state === "making" && (
            <p>{t("making", { made: series.data.made, total: series.data.total })}</p>
          )}
        </div>
        <ErrorPanel error={send.error ?? series.error ?? first.error} />
        {faults.length > 0 && <Faults faults={faults} />}
      </div>
    </details>
  );
}

function Faults(props: { faults: readonly SeriesFault[] }): ReactElement {
  const { faults } = props;
  const t = useText("series");
  const language = useLanguage();
  return (
    <Message tone="problem" live title={t("faulty", { count: faults.length })}>
      <p>{t("faultyWhy")}</p>
      <ul className="series-faults" aria-label={t("faults")}>
        {faults.map(({ row, column, refusal }, at) => (
          <li key={`${row ?? 0} ${column?.en ?? ""} ${refusal.code} ${at.toString()}`}>
            <strong>
              {row === null ? t("whole") : t("row", { row })}
              {column !== null && ` · ${nameIn(column, language)}`}
            </strong>{" "}
            {refusal.sentence[language]}
            {refusal.wayOut && <span className="note small"> {refusal.wayOut[language]}</span>}
          </li>
        ))}
      </ul>
    </Message>
  );
}

/** The series the application is for: what it comes to, and its documents to be looked at. */
export function SeriesChosen(props: { seriesId: string }): ReactElement {
  const { store } = useApply();
  const t = useText("series");
  const language = useLanguage();
  const headId = useId();
  const { data, error, refetch } = useQuery(seriesQuery(props.seriesId));
  const leave = (): void =>
    store.change({ type: "series", seriesId: null, file: null, change: { counterparty: "", amount: "" } });
  return (
    <section className="card documents-card" aria-labelledby={headId} data-gap="documents">
      <header>
        <h2 id={headId}>{t("title")}</h2>
        <Button size="small" onClick={leave}>
          {t("other")}
        </Button>
      </header>
      <div className="card-body stack">
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {data && (
          <>
            <p>
              <strong>{t("count", { count: data.total })}</strong> ·{" "}
              {t("from", { template: nameIn(data.template.name, language), list: data.listName })}
            </p>
            <dl className="facts">
              <dt>{t("counterparty")}</dt>
              <dd>{data.counterparty || "–"}</dd>
              <dt>{t("largest")}</dt>
              <dd>{data.largest === null ? t("noAmount") : formatAmount(data.largest, data.currency, language)}</dd>
              <dt>{t("sum")}</dt>
              <dd>{data.sum === null ? t("noAmount") : formatAmount(data.sum, data.currency, language)}</dd>
            </dl>
            <p className="note small">
              {t("decides")} {t("sampleWhy", { count: data.sample })} {t("sameSeals")}
            </p>
            <details>
              <summary>{t("look")}</summary>
              <SeriesLines
                seriesId={props.seriesId}
                currency={data.currency}
                requestId={null}
                isDrawn={false}
                progress=""
              />
            </details>
          </>
        )}
      </div>
    </section>
  );
}
