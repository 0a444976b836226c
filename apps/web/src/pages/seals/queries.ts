import { type QueryClient, queryOptions, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import { type Pages, usePages } from "../../parts/use-pages.ts";
import { refreshPeople } from "../organisation/queries.ts";
import { listCrew, ownKindOf, type SealForm } from "./registration.ts";
import type { SealWall, WallFilter } from "./seal-list.ts";

export type SealDetail = RouteAnswer<"GET /v1/seals/:sealId">;
export type SealEvent = SealDetail["timeline"][number];
export type SealTypeView = RouteAnswer<"GET /v1/seal-types">["items"][number];
export type CrewCheck = RouteAnswer<"POST /v1/seals/check">;

const LEAF_MS = 2_000;
const LATEST_USES = 5;

/** Every seal the reader may see, to choose from. */
export const sealChoicesQuery = queryOptions({
  queryKey: ["seals", "choices"],
  queryFn: () => api("GET /v1/seal-choices"),
});

/** Numbers that no new seal can have; asked anew for every form, for others ask too. */
export const sealNumbersQuery = queryOptions({
  queryKey: ["seals", "numbers"],
  queryFn: () => api("GET /v1/seal-numbers"),
  staleTime: 0,
});

/** The seals that a filter leaves, by entity and number, more on demand. */
export function useSealWall({ search, kind, custodian, state }: WallFilter): Pages<SealWall> {
  const query = {
    ...(search === "" ? {} : { search }),
    ...(kind === "" ? {} : { kind }),
    ...(custodian === "" ? {} : { custodianId: custodian }),
    ...(state === "" ? {} : { state }),
  };
  return usePages(["seals", "wall", query], (after) => api("GET /v1/seals", { query: { ...query, ...after } }));
}

/** One seal, whole; asked again until the ledger has taken what just happened to it. */
export function sealQuery(sealId: string) {
  return queryOptions({
    queryKey: ["seals", "one", sealId],
    queryFn: () => api("GET /v1/seals/:sealId", { params: { sealId } }),
    staleTime: 5_000,
    refetchInterval: (query) => (query.state.data?.timeline.some((entry) => entry.leaf === null) ? LEAF_MS : false),
  });
}

/** The newest uses of a seal that the reader may see. */
export function latestUsesQuery(sealId: string) {
  return queryOptions({
    queryKey: ["requests", "of-seal", sealId],
    queryFn: () => api("GET /v1/seal-use-requests", { query: { view: "all", sealId } }),
    select: (answer) => answer.items.slice(0, LATEST_USES),
    staleTime: 5_000,
  });
}

export const sealTypesQuery = queryOptions({
  queryKey: ["seal-types"],
  queryFn: () => api("GET /v1/seal-types"),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What the rules say of the people of a seal while they are chosen. */
export function useCrewCheck(form: SealForm): UseQueryResult<CrewCheck> {
  const body = {
    ...{ type: form.type, kindId: ownKindOf(form), entityId: form.entityId, unitId: form.unitId || null },
    ...listCrew(form),
  };
  return useQuery({
    queryKey: ["seals", "check", body],
    queryFn: () => api("POST /v1/seals/check", { body }),
    enabled: form.entityId !== "",
    placeholderData: (before) => before,
  });
}

/** Asked for by fields of their own, which say the same. */
export const isSaidByField = (one: CrewCheck["refusals"][number]): boolean =>
  ["grant.loosened-without-end", "grant.loosened-without-risk"].includes(one.refusal.code);

/** Whether the supervisor who is chosen holds roles that only the profile lets meet with this one. */
export function isSupervisorLoosened(form: SealForm, check: CrewCheck | undefined): boolean {
  return check?.loosened.some((one) => one.role === "supervisor" && one.personId === form.supervisor) ?? false;
}

/** After an act on a seal, or a new one: everything that shows seals, their people or their uses is asked again. */
export async function refreshSeals(queries: QueryClient): Promise<void> {
  const keys = [["seals"], ["requests"], ["overview"]];
  await Promise.all([...keys.map((queryKey) => queries.invalidateQueries({ queryKey })), refreshPeople(queries)]);
}
