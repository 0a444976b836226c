import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api } from "../../api.ts";
import { sessionQuery } from "../../session.ts";
import type { UnitChange } from "./unit-change.ts";

export const organisationQuery = queryOptions({
  queryKey: ["organisation"],
  queryFn: () => api("GET /v1/organisation"),
});
export const peopleQuery = queryOptions({ queryKey: ["people"], queryFn: () => api("GET /v1/people") });
export const grantsQuery = queryOptions({
  queryKey: ["grants"],
  queryFn: () => api("GET /v1/grants", { query: {} }),
});
export const accountChangesQuery = queryOptions({
  queryKey: ["account-changes"],
  queryFn: () => api("GET /v1/account-changes"),
});

/** What a change of a unit would touch now. */
export function unitImpactQuery(unitId: string, body: UnitChange) {
  return queryOptions({
    queryKey: ["organisation", "unit-change", unitId, body],
    queryFn: () => api("POST /v1/units/:unitId/change-preview", { params: { unitId }, body }),
    staleTime: 5_000,
  });
}

/** What a change of the legal representative would touch now. */
export function representativeImpactQuery(entityId: string, lapseOn: string) {
  return queryOptions({
    queryKey: ["organisation", "representative-change", entityId, lapseOn],
    queryFn: () =>
      api("POST /v1/entities/:entityId/representative-preview", { params: { entityId }, body: { lapseOn } }),
    staleTime: 5_000,
  });
}

/** After a change of people or grants: everything that shows them is asked again. */
export async function refreshPeople(queries: QueryClient): Promise<void> {
  const keys = [organisationQuery, peopleQuery, grantsQuery, accountChangesQuery, sessionQuery].map(
    (query) => query.queryKey,
  );
  await Promise.all([...keys, ["crew"], ["separation"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
}
