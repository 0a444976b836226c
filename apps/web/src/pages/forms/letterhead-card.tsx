import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { usePdfChooser } from "../apply/documents-card.tsx";
import { refreshForms, type Series } from "./queries.ts";

/** What lies under the sheets of a series; who may change the series gives it. */
export function LetterheadCard({ series }: { series: Series }): ReactElement | null {
  const t = useText("forms");
  const queries = useQueryClient();
  const params = { seriesId: series.seriesId };
  const onSettled = () => refreshForms(queries);
  const give = useMutation({
    mutationFn: (file: File) => api("POST /v1/form-series/:seriesId/letterhead", { params, file, fileName: file.name }),
    onSettled,
  });
  const end = useMutation({
    mutationFn: () => api("DELETE /v1/form-series/:seriesId/letterhead", { params }),
    onSettled,
  });
  const choose = usePdfChooser(([file]) => file && give.mutate(file), false);
  const mayChange = series.actions.includes("change");
  if (series.kind !== "blank-sheet" || (!mayChange && series.letterhead === null)) return null;
  return (
    <section className="card" aria-labelledby="letterhead-title">
      <header>
        <h2 id="letterhead-title">{t("letterhead.title")}</h2>
      </header>
      <div className="card-body stack">
        {series.letterhead === null ? (
          <p>{t("letterhead.none")}</p>
        ) : (
          <a
            className="typed"
            href={`/v1/form-series/${encodeURIComponent(series.seriesId)}/letterhead`}
            aria-label={t("letterhead.look", { name: series.letterhead })}
            download
          >
            {series.letterhead}
          </a>
        )}
        {mayChange && (
          <>
            <p className="note small">{t("letterhead.why")}</p>
            {choose.input}
            <div className="row">
              <Button icon={<UploadOutlined aria-hidden />} loading={give.isPending} onClick={choose.open}>
                {t(series.letterhead === null ? "letterhead.give" : "letterhead.replace")}
              </Button>
              {series.letterhead !== null && (
                <Button loading={end.isPending} onClick={() => end.mutate()}>
                  {t("letterhead.end")}
                </Button>
              )}
            </div>
            <ErrorPanel error={give.error ?? end.error} />
          </>
        )}
      </div>
    </section>
  );
}
