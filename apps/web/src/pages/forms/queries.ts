import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { sessionQuery } from "../../session.ts";

export type SeriesSummary = RouteAnswer<"GET /v1/form-series">["items"][number];
export type Series = RouteAnswer<"GET /v1/form-series/:seriesId">;
export type FormState = Series["ranges"][number]["state"];
export type FormAct = Series["actions"][number];
export type Posting = Series["postings"][number];
export type SheetReport = Series["reports"][number];
export type StockTake = Series["stockTakes"][number];

export const seriesListQuery = queryOptions({
  queryKey: ["forms", "list"],
  queryFn: () => api("GET /v1/form-series"),
  staleTime: 5_000,
});

export const seriesQuery = (seriesId: string, query: { state?: FormState; from?: number }) =>
  queryOptions({
    queryKey: ["forms", "one", seriesId, query],
    queryFn: () => api("GET /v1/form-series/:seriesId", { params: { seriesId }, query }),
    staleTime: 5_000,
    placeholderData: (shown) => (shown?.seriesId === seriesId ? shown : undefined),
  });

export const requestFormsQuery = (requestId: string) =>
  queryOptions({
    queryKey: ["forms", "request", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId/forms", { params: { requestId } }),
  });

/** The reader's own seal uses that are registered: what forms can have been used with. */
export const usedWithQuery = queryOptions({
  queryKey: ["requests", "registered", "mine"],
  queryFn: () => api("GET /v1/seal-use-requests", { query: { view: "mine", state: "registered" } }),
  staleTime: 30_000,
});

export async function refreshForms(queries: QueryClient): Promise<void> {
  const keys = [["forms"], ["requests"], ["tasks"], sessionQuery.queryKey];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
