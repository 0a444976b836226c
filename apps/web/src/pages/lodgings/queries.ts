import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { refreshMatters } from "../matters/queries.ts";
import type { LodgingFilter } from "./lodging-filter.ts";

export type Lodging = RouteAnswer<"GET /v1/specimens-lodged">["items"][number];

export function lodgingsQuery(filter: LodgingFilter) {
  return infiniteQueryOptions({
    queryKey: ["lodgings", filter],
    queryFn: ({ pageParam }) =>
      api("GET /v1/specimens-lodged", { query: { ...filter, ...(pageParam === null ? {} : { after: pageParam }) } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** The cards that show one seal. */
export function lodgingsOfSealQuery(sealId: string) {
  return queryOptions({
    queryKey: ["lodgings", "of-seal", sealId],
    queryFn: () => api("GET /v1/specimens-lodged", { query: { sealId } }),
  });
}

/** A card that was recorded or withdrawn ends a task and writes into the seal's history. */
export async function refreshLodgings(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["lodgings"] }),
    queries.invalidateQueries({ queryKey: ["seals"] }),
    refreshMatters(queries),
  ]);
}
