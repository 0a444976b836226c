import { api, type RouteAnswer } from "../../api.ts";
import { type Pages, usePages } from "../../parts/use-pages.ts";
import { type RequestFilter, requestsKey } from "./queries.ts";

/** Requests by filter, newest change first, more on demand. */
export function useRequests(filter: RequestFilter): Pages<RouteAnswer<"GET /v1/seal-use-requests">> {
  return usePages(requestsKey(filter), (after) => api("GET /v1/seal-use-requests", { query: { ...filter, ...after } }));
}
