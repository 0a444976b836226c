import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { formatAmount, formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import type { RequestDetail } from "../requests/queries.ts";
import { saveFile } from "../requests/save-file.ts";
import { SeriesLines } from "./series-lines.tsx";

/** The series a request is for: what it comes to, its documents, and how the sample was drawn. */
export function SeriesCard(props: {
  request: RequestDetail;
  /** Where something else is read first. */
  folded?: boolean;
}): ReactElement | null {
  const { request } = props;
  const { series } = request;
  const t = useText("series");
  const language = useLanguage();
  const download = useMutation({
    mutationFn: () => api("GET /v1/seal-use-requests/:requestId/sealed", { params: { requestId: request.requestId } }),
    onSuccess: (file) => saveFile(file, `${request.number ?? "series"}.zip`),
  });
  if (!series) return null;
  const amount = (value: string | null): string =>
    value === null ? t("noAmount") : formatAmount(value, series.currency, language);
  const lines = (
    <SeriesLines
      seriesId={series.seriesId}
      currency={series.currency}
      requestId={request.requestId}
      isDrawn={series.seed !== null}
      progress={`${request.state} ${request.sealing.done}`}
    />
  );
  return (
    <section className="card" aria-labelledby="series-title">
      <header>
        <h2 id="series-title">{t("title")}</h2>
        {request.counts.settled > 0 && (
          <Button loading={download.isPending} onClick={() => download.mutate()}>
            {t("saveAll")}
          </Button>
        )}
      </header>
      <div className="card-body stack">
        <ErrorPanel error={download.error} onRetry={() => download.mutate()} />
        <p>
          <strong>{t("count", { count: series.total })}</strong> ·{" "}
          {t("from", { template: nameIn(series.template, language), list: series.listName })}
        </p>
        <dl className="facts">
          <dt>{t("largest")}</dt>
          <dd>{amount(series.largest)}</dd>
          <dt>{t("sum")}</dt>
          <dd>{amount(series.sum)}</dd>
          {series.root && (
            <>
              <dt>{t("root")}</dt>
              <dd className="mono" title={series.root}>
                {formatDigest(series.root)}
              </dd>
            </>
          )}
        </dl>
        {series.seed !== null && (
          <details>
            <summary>{t("lot")}</summary>
            <div className="stack stack-tight">
              <p className="note small">{t("lotWhy")}</p>
              <p className="small">
                {t("seed")} <span className="mono typed">{series.seed}</span>
              </p>
            </div>
          </details>
        )}
        {props.folded ? (
          <details>
            <summary>{t("look")}</summary>
            {lines}
          </details>
        ) : (
          lines
        )}
      </div>
    </section>
  );
}
