import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { refreshMatters } from "../matters/queries.ts";

export type EmergencyView = RouteAnswer<"GET /v1/emergency">;
export type Shift = EmergencyView["shifts"][number];
export type Slip = EmergencyView["slips"]["entered"][number];

export function emergencyQuery(entityId: string) {
  return queryOptions({
    queryKey: ["emergency", entityId],
    queryFn: () => api("GET /v1/emergency", { query: { entityId } }),
    enabled: entityId !== "",
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
