import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, type ReactElement, Suspense, useDeferredValue, useEffect, useRef, useState } from "react";
import { api } from "../../api.ts";
import { formatAmount, formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { saveFile } from "../requests/save-file.ts";
import { type SeriesLine, seriesLinesKey } from "./queries.ts";

const SeriesReader = lazy(async () => ({ default: (await import("./series-reader.tsx")).SeriesReader }));

/** The documents of a series, to be searched and opened one by one; with what became of them where a request has it. */
export function SeriesLines(props: {
  seriesId: string;
  currency: string;
  requestId: string | null;
  /** Whether any of them was drawn yet. */
  isDrawn: boolean;
  /** How far the request is: what becomes of the documents changes with it. */
  progress: string;
}): ReactElement {
  const { seriesId, requestId, progress } = props;
  const t = useText("series");
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const [open, setOpen] = useState<SeriesLine | null>(null);
  const lines = useInfiniteQuery({
    queryKey: seriesLinesKey(seriesId, search, requestId),
    queryFn: ({ pageParam }) =>
      api("GET /v1/document-series/:seriesId/lines", {
        params: { seriesId },
        query: { ...(requestId === null ? {} : { requestId }), ...(search === "" ? {} : { search }), after: pageParam },
      }),
    initialPageParam: 0,
    getNextPageParam: (last) => (last.next === null ? undefined : Number(last.next)),
  });
  const { refetch } = lines;
  const shown = useRef(progress);
  useEffect(() => {
    if (shown.current === progress) return;
    shown.current = progress;
    void refetch();
  }, [progress, refetch]);
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack">
      <Field label={t("search")}>
        {(control) => (
          <TextInput
            {...control}
            type="search"
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <ErrorPanel error={lines.error} onRetry={() => void lines.refetch()} />
      {lines.data === undefined && !lines.error && <LinesSkeleton lines={5} />}
      {lines.data !== undefined && items.length === 0 && <p className="note">{t("none")}</p>}
      {items.length > 0 && (
        <table className="table table-rows">
          <thead>
            <tr>
              <th scope="col">{t("nr")}</th>
              <th scope="col">{t("file")}</th>
              <th scope="col" className="number">
                {t("amount")}
              </th>
              <th scope="col">{t("marks")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((line) => (
              <Line key={line.nr} {...props} line={line} onOpen={() => setOpen(line)} />
            ))}
          </tbody>
        </table>
      )}
      {lines.hasNextPage && (
        <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {open && (
        <div className="dialog-wide">
          <Dialog title={open.name} onClose={() => setOpen(null)}>
            <Suspense fallback={<LinesSkeleton lines={8} />}>
              <SeriesReader documentId={open.documentId} />
            </Suspense>
          </Dialog>
        </div>
      )}
    </div>
  );
}

function Line(props: {
  line: SeriesLine;
  currency: string;
  requestId: string | null;
  isDrawn: boolean;
  onOpen: () => void;
}): ReactElement {
  const { line, requestId } = props;
  const t = useText("series");
  const language = useLanguage();
  const download = useMutation({
    mutationFn: () =>
      api("GET /v1/seal-use-requests/:requestId/sealed/:documentId", {
        params: { requestId: requestId ?? "", documentId: line.documentId },
      }),
    onSuccess: (file) => saveFile(file, line.name.replace(/(\.pdf)?$/i, "-sealed.pdf")),
  });
  const names = line.opened.flatMap(({ by }) => (by ? [nameIn(by.name, language)] : []));
  return (
    <tr>
      <td className="number" data-label={t("nr")}>
        {line.nr}
      </td>
      <th scope="row">
        <button
          type="button"
          className="link-button"
          aria-label={t("read", { name: line.name })}
          onClick={props.onOpen}
        >
          {line.name}
        </button>
        {line.counterparty && <span className="login note small">{line.counterparty}</span>}
        <ErrorPanel error={download.error} onRetry={() => download.mutate()} />
      </th>
      <td className="number" data-label={t("amount")}>
        {line.amount === null ? t("noAmount") : formatAmount(line.amount, props.currency, language)}
      </td>
      <td data-label={t("marks")}>
        <div className="row">
          {line.drawn && props.isDrawn && (
            <>
              <Tag tone="action" sign="clock">
                {t("drawn")}
              </Tag>
              <span className="note small">
                {names.length === 0 ? t("notOpened") : t("openedBy", { names: formatNames(names, language) })}
              </span>
            </>
          )}
          {line.sealed && (
            <>
              <Tag tone="success" sign="check">
                {t("sealed")}
              </Tag>
              <Button
                size="small"
                loading={download.isPending}
                aria-label={t("saveNamed", { name: line.name })}
                onClick={() => download.mutate()}
              >
                {t("save")}
              </Button>
            </>
          )}
        </div>
      </td>
    </tr>
  );
}
