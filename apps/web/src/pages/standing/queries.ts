import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";

export type Standing = RouteAnswer<"GET /v1/standing-authorisations">["items"][number];

export function standingQuery(entityId: string) {
  return queryOptions({
    queryKey: ["standing", entityId],
    queryFn: () => api("GET /v1/standing-authorisations", { query: { entityId } }),
    enabled: entityId !== "",
  });
}

export async function refreshStanding(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["standing"] }),
    queries.invalidateQueries({ queryKey: ["requests"] }),
  ]);
}
