import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";

export type RulesPageData = RouteAnswer<"GET /v1/rules">;
export type VersionDetail = RouteAnswer<"GET /v1/rules/versions/:versionId">;
export type Version = RulesPageData["versions"][number];
export type RuleSet = VersionDetail["rules"];
export type Fault = VersionDetail["faults"][number];
export type RuleChange = VersionDetail["changes"][number];
export type TableId = Fault["table"];
export type Column = RulesPageData["columns"]["scope"][number];
export type FactId = Column["fact"];
export type RuleRow = RuleSet[TableId]["rows"][number];
export type Cells = RuleRow["cells"];
export type Cell = NonNullable<Cells[FactId]>;
export type ScopeOutput = RuleSet["scope"]["rows"][number]["output"];
export type RouteOutput = RuleSet["route"]["rows"][number]["output"];
export type LimitOutput = RuleSet["limits"]["rows"][number]["output"];
export type CaseFacts = CallOptions<"POST /v1/rules/checks">["body"]["cases"][number];
export type CaseAnswer = RouteAnswer<"POST /v1/rules/checks">["answers"][number];
export type Reading = Pick<VersionDetail, "sentences" | "faults" | "warnings" | "money" | "changes">;

export const TABLES = ["scope", "route", "limits"] as const satisfies readonly TableId[];

export type Running = RouteAnswer<"GET /v1/rules/running">;
export type RunningRequest = Running["items"][number];

/** How many there are, and what holds for all of them; asked again with everything else that shows rules. */
export const runningQuery = queryOptions({
  queryKey: ["rules", "running"],
  queryFn: () => api("GET /v1/rules/running", { query: {} }),
});
export const rulesQuery = queryOptions({ queryKey: ["rules"], queryFn: () => api("GET /v1/rules") });
export function versionQuery(versionId: string) {
  return queryOptions({
    queryKey: ["rules", "versions", versionId],
    queryFn: () =>
      api("GET /v1/rules/versions/:versionId", { params: { versionId: versionId as Version["versionId"] } }),
    enabled: versionId !== "",
  });
}

/** After a draft was begun, saved, discarded or proposed: everything that shows rules is asked again. */
export const refreshRules = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: rulesQuery.queryKey });
