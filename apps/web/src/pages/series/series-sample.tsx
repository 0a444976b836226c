import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactElement, Suspense, useCallback, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { type RequestDetail, type RequestDocument, requestQuery } from "../requests/queries.ts";
import { AnsweredPlaces } from "../requests/request-documents.tsx";

const DocumentReader = lazy(async () => ({
  default: (await import("../requests/document-reader.tsx")).DocumentReader,
}));

/** The documents that were drawn by lot, each to be opened before the series is approved. */
export function SeriesSample(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const { series } = request;
  const t = useText("series");
  if (!series || series.drawn.length === 0) return null;
  const left = series.toOpen.length;
  return (
    <section className="card" aria-labelledby="sample-title">
      <header>
        <h2 id="sample-title">{t("sample")}</h2>
      </header>
      <div className="card-body stack">
        {request.myStepId !== null && (
          <>
            <p>{t("sampleLead", { total: series.total, count: series.drawn.length })}</p>
            <p role="status">
              {left === 0 ? (
                <Tag tone="success" sign="check">
                  {t("sampleDone", { count: series.drawn.length })}
                </Tag>
              ) : (
                <Tag tone="warning" sign="warning">
                  {t("sampleLeft", { count: left })}
                </Tag>
              )}
            </p>
          </>
        )}
        {series.drawn.map(({ nr, documentId }) => {
          const document = request.documentList.find((one) => one.documentId === documentId);
          return document && <DrawnDocument key={documentId} nr={nr} document={document} request={request} />;
        })}
      </div>
    </section>
  );
}

/** A drawn document; that it was opened is put on record once its pages are here to be read. */
function DrawnDocument(props: { nr: number; document: RequestDocument; request: RequestDetail }): ReactElement {
  const { nr, document, request } = props;
  const { documentId } = document;
  const t = useText("series");
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const asked = request.series?.toOpen.includes(documentId) === true;
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      api("POST /v1/seal-use-requests/:requestId/opened", {
        params: { requestId: request.requestId },
        body: { documentId },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: requestQuery(request.requestId).queryKey }),
  });
  const onShown = useCallback(() => {
    if (asked) mutate();
  }, [asked, mutate]);
  return (
    <details
      className="card document-card"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      data-drawn={nr}
    >
      <summary>
        <strong>{document.name}</strong>{" "}
        {request.myStepId !== null && (
          <Tag tone={asked ? "warning" : "success"} sign={asked ? "warning" : "check"}>
            {asked && !isPending ? t("toOpen") : t("openedByYou")}
          </Tag>
        )}
      </summary>
      <div className="document-card-body">
        <ErrorPanel error={error} onRetry={() => mutate()} />
        <AnsweredPlaces document={document} />
        {open && (
          <Suspense fallback={<LinesSkeleton lines={8} />}>
            <DocumentReader document={document} seals={request.sealList} onShown={onShown} />
          </Suspense>
        )}
      </div>
    </details>
  );
}
