import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { sessionQuery } from "../../session.ts";

export type Separation = RouteAnswer<"GET /v1/separation">;
export type Proof = Separation["proof"];
export type Delegations = RouteAnswer<"GET /v1/delegations">;
export type Delegation = Delegations["items"][number];
export type DelegableGrant = Delegations["grants"][number];

export const separationQuery = queryOptions({ queryKey: ["separation"], queryFn: () => api("GET /v1/separation") });

export const delegationsQuery = (view: "mine" | "all") =>
  queryOptions({
    queryKey: ["delegations", view],
    queryFn: () => api("GET /v1/delegations", { query: { view } }),
  });

/** After a delegation is given or ended: the lists, the proof, and what the reader himself may do. */
export async function refreshDelegations(queries: QueryClient): Promise<void> {
  const keys = [["delegations"], ["separation"], sessionQuery.queryKey];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}

/** Whether a chain holds on a day. */
export const standsOn = (hole: Pick<Proof["holes"][number], "from" | "to">, day: string): boolean =>
  hole.from <= day && (hole.to === null || day <= hole.to);
