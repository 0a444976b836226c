import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";
import { sessionQuery } from "../../session.ts";

export type RequestDetail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;
export type RequestSummary = RouteAnswer<"GET /v1/seal-use-requests">["items"][number];
export type RequestFilter = CallOptions<"GET /v1/seal-use-requests">["query"];
export type RequestDocument = RequestDetail["documentList"][number];

const SEALING_MS = 1_000;
const WAITING_MS = 15_000;

/** One request, whole; asked every second while it is being sealed, now and then while others have to act. */
export function requestQuery(requestId: string) {
  return queryOptions({
    queryKey: ["requests", "one", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId", { params: { requestId } }),
    staleTime: 5_000,
    refetchInterval: (query) => {
      const request = query.state.data;
      if (request?.sealing.state === "running") return SEALING_MS;
      return request && ["in-review", "authorised", "opened", "closed"].includes(request.state) ? WAITING_MS : false;
    },
  });
}

/** Whom the reader may ask besides him in his step, or in his place. */
export function stepPeopleQuery(requestId: string, stepId: string) {
  return queryOptions({
    queryKey: ["requests", "step-people", stepId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId/steps/:stepId/people", { params: { requestId, stepId } }),
  });
}

/** Requests by filter, page by page. */
export const requestsKey = (filter: RequestFilter): readonly unknown[] => ["requests", "list", filter];

/** The bytes of a document as a file of this browser's. */
export function documentFileQuery(documentId: string) {
  return queryOptions({
    queryKey: ["document-file", documentId],
    queryFn: () => api("GET /v1/documents/:documentId/file", { params: { documentId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

/** What differs between a document and the template it is compared with. */
export function comparisonQuery(requestId: string, documentId: string) {
  return queryOptions({
    queryKey: ["requests", "comparison", requestId, documentId],
    queryFn: () =>
      api("GET /v1/seal-use-requests/:requestId/comparisons/:documentId", { params: { requestId, documentId } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** After an act on a request: everything that shows requests is asked again. */
export async function refreshRequests(queries: QueryClient): Promise<void> {
  const keys = [["requests"], ["overview"], ["seals"], sessionQuery.queryKey];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
