import { queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";

export type SeriesFault = RouteAnswer<"POST /v1/document-series">["faults"][number];
export type SeriesLine = RouteAnswer<"GET /v1/document-series/:seriesId/lines">["items"][number];

const MAKING_MS = 700;

/** A series; asked again while its documents are being made, for what was made never changes. */
export function seriesQuery(seriesId: string | null) {
  return queryOptions({
    queryKey: ["series", seriesId],
    queryFn: () => api("GET /v1/document-series/:seriesId", { params: { seriesId: seriesId ?? "" } }),
    enabled: seriesId !== null,
    refetchInterval: (query) => (query.state.data?.state === "making" ? MAKING_MS : false),
  });
}

export const seriesLinesKey = (seriesId: string, search: string, requestId: string | null): readonly unknown[] => [
  ...["requests", "series-lines", seriesId, search, requestId],
];
