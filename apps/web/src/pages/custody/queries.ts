import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { refreshMatters } from "../matters/queries.ts";

export type OwnCustody = RouteAnswer<"GET /v1/custody/mine">;
export type PieceInCustody = OwnCustody["items"][number];
export type Container = RouteAnswer<"GET /v1/containers">["items"][number];
export type CustodyHistory = RouteAnswer<"GET /v1/seals/:sealId/custody">;
export type TakeOut = RouteAnswer<"GET /v1/take-outs">["items"][number];

/** Asked now and then: others confirm openings and handovers meanwhile. */
export const ownCustodyQuery = queryOptions({
  queryKey: ["custody", "mine"],
  queryFn: () => api("GET /v1/custody/mine"),
  refetchInterval: 15_000,
});
export const containersQuery = queryOptions({
  queryKey: ["custody", "containers"],
  queryFn: () => api("GET /v1/containers"),
});
export const takeOutsQuery = queryOptions({
  queryKey: ["custody", "take-outs"],
  queryFn: () => api("GET /v1/take-outs", { query: {} }),
});
export function holdingsQuery(personId: string) {
  return queryOptions({
    queryKey: ["custody", "holdings", personId],
    queryFn: () => api("GET /v1/custody/holdings", { query: { personId } }),
    enabled: personId !== "",
  });
}
export function custodyHistoryQuery(sealId: string, at: string | null) {
  return queryOptions({
    queryKey: ["custody", "history", sealId, at],
    queryFn: () => api("GET /v1/seals/:sealId/custody", { params: { sealId }, query: at === null ? {} : { at } }),
  });
}
export const peopleQuery = queryOptions({ queryKey: ["people"], queryFn: () => api("GET /v1/people") });

/** After a move: everything that tells where seals are. */
export async function refreshCustody(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["custody"] }),
    queries.invalidateQueries({ queryKey: ["requests", "stamping"] }),
    refreshMatters(queries),
  ]);
}
