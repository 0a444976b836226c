import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import { type RequestSummary, refreshRequests } from "./queries.ts";

type Result = RouteAnswer<"POST /v1/seal-use-requests/approve-several">["results"][number];

/** Approves what is ticked after one look at the list of it, and tells of each what became of it. */
export function ApproveSeveral(props: { requests: readonly RequestSummary[]; onDone: () => void }): ReactElement {
  const t = useText("requests");
  const queries = useQueryClient();
  // Kept from the click on: rows that were approved leave the list behind.
  const [asked, setAsked] = useState<readonly RequestSummary[] | null>(null);
  const approve = useMutation({
    mutationFn: (requests: readonly RequestSummary[]) =>
      api("POST /v1/seal-use-requests/approve-several", {
        body: {
          items: requests.flatMap(({ requestId, quick }) => (quick === null ? [] : [{ requestId, ...quick }])),
        },
      }),
  });
  const close = async (): Promise<void> => {
    const done = approve.isSuccess;
    setAsked(null);
    approve.reset();
    if (!done) return;
    props.onDone();
    await refreshRequests(queries);
  };
  const results = approve.data?.results;
  return (
    <div className="row inbox-several">
      <Button type="primary" disabled={props.requests.length === 0} onClick={() => setAsked(props.requests)}>
        {t("several.approve", { count: props.requests.length })}
      </Button>
      <span className="note small">{t("several.which")}</span>
      {asked && (
        <Dialog
          title={results ? t("several.done") : t("several.title", { count: asked.length })}
          onClose={() => void close()}
          actions={
            results ? (
              <Button type="primary" onClick={() => void close()}>
                {t("several.close")}
              </Button>
            ) : (
              <>
                <Button onClick={() => void close()}>{t("others.back")}</Button>
                <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate(asked)}>
                  {t("several.now")}
                </Button>
              </>
            )
          }
        >
          {!results && <p>{t("several.why")}</p>}
          <ul className="rows" aria-live="polite">
            {asked.map((request) => (
              <Line
                key={request.requestId}
                request={request}
                result={results?.find((one) => one.requestId === request.requestId)}
              />
            ))}
          </ul>
          <ErrorPanel error={approve.error} />
        </Dialog>
      )}
    </div>
  );
}

function Line(props: { request: RequestSummary; result: Result | undefined }): ReactElement {
  const { request, result } = props;
  const t = useText("requests");
  const language = useLanguage();
  return (
    <li className="rows-line">
      {result && <SignIcon sign={result.approved ? "check" : "warning"} />}
      <div className="grow">
        <strong>{request.title || t("page.untitled")}</strong> <span className="mono">{request.number}</span>
        <p className="note">{nameIn(request.applicant.name, language)}</p>
        {result && <p>{result.problem ? nameIn(result.problem, language) : t("several.approved")}</p>}
      </div>
    </li>
  );
}
