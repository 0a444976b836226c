import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { refreshMatters } from "../matters/queries.ts";

export type EmergencyView = RouteAnswer<"GET /v1/emergency">;
export type Shift = EmergencyView["shifts"][number];
export type Press = RouteAnswer<"GET /v1/seal-use-requests/:requestId/press-pictures">["presses"][number];
export type PressPicture = Press["before"][number];
export type Slip = EmergencyView["slips"]["entered"][number];

export function emergencyQuery(entityId: string) {
  return queryOptions({
    queryKey: ["emergency", entityId],
    queryFn: () => api("GET /v1/emergency", { query: { entityId } }),
    enabled: entityId !== "",
  });
}

/** Under the requests, so that whatever changes one asks for its pictures again; those that are on their way come by themselves. */
export function pressPicturesQuery(requestId: string) {
  return queryOptions({
    queryKey: ["requests", "press-pictures", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId/press-pictures", { params: { requestId } }),
    refetchInterval: (query) =>
      query.state.data?.presses.some(({ before, after }) =>
        [...before, ...after].some(({ sight }) => sight === "on-its-way"),
      )
        ? 10_000
        : false,
  });
}

/** A turn, a slip or a review changes this page, tasks and requests. */
export async function refreshEmergency(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["emergency"] }),
    queries.invalidateQueries({ queryKey: ["requests"] }),
    refreshMatters(queries),
  ]);
}
