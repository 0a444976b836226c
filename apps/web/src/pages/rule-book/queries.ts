import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";

export type RuleBookPageData = RouteAnswer<"GET /v1/rule-book">;
export type Version = RuleBookPageData["versions"][number];
export type Difference = RuleBookPageData["differences"][number];

export const ruleBookQuery = queryOptions({ queryKey: ["rule-book"], queryFn: () => api("GET /v1/rule-book") });
export function versionQuery(versionId: string) {
  return queryOptions({
    queryKey: ["rule-book", versionId],
    queryFn: () => api("GET /v1/rule-book/versions/:versionId", { params: { versionId } }),
    enabled: versionId !== "",
  });
}
export type MyPosition = RouteAnswer<"GET /v1/positions/mine">["items"][number];
export type PeopleFilter = NonNullable<CallOptions<"GET /v1/positions">["query"]>;
export type PeopleOfSeal = RouteAnswer<"GET /v1/positions">["items"][number];

export const myPositionsQuery = queryOptions({
  queryKey: ["positions", "mine"],
  queryFn: () => api("GET /v1/positions/mine"),
});
export function peopleQuery(filter: PeopleFilter) {
  return queryOptions({
    queryKey: ["positions", filter],
    queryFn: () => api("GET /v1/positions", { query: filter }),
    placeholderData: keepPreviousData,
  });
}
export const readersQuery = queryOptions({
  queryKey: ["rule-book", "readers"],
  queryFn: () => api("GET /v1/rule-book/confirmations"),
});
