import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";
import { sessionQuery } from "../../session.ts";

export type MatterDetail = RouteAnswer<"GET /v1/matters/:matterId">;
export type MatterSummary = RouteAnswer<"GET /v1/matters">["items"][number];
export type MatterKind = MatterSummary["kind"];
export type MatterFilter = CallOptions<"GET /v1/matters">["query"];
export type MatterBody = CallOptions<"POST /v1/matters">["body"];
export type EvidenceSlot = MatterDetail["evidence"][number];
export type EvidenceFile = RouteAnswer<"POST /v1/evidence">;
export type Task = RouteAnswer<"GET /v1/tasks">["items"][number];
export type TaskFilter = CallOptions<"GET /v1/tasks">["query"];

const WAITING_MS = 15_000;

/** One matter, whole; asked now and then while others have to act. */
export function matterQuery(matterId: string) {
  return queryOptions({
    queryKey: ["matters", "one", matterId],
    queryFn: () => api("GET /v1/matters/:matterId", { params: { matterId } }),
    staleTime: 5_000,
    refetchInterval: (query) =>
      query.state.data && ["in-review", "approved"].includes(query.state.data.state) ? WAITING_MS : false,
  });
}

/** What submitting a draft would answer; asked anew whenever the matter changes. */
export function matterCheckQuery(matter: MatterDetail) {
  return queryOptions({
    queryKey: ["matters", "check", matter.matterId, matter.updatedAt, matter.evidence.flatMap((slot) => slot.files)],
    queryFn: () => api("POST /v1/matters/:matterId/check", { params: { matterId: matter.matterId } }),
    staleTime: 5_000,
  });
}

export const matterKindsQuery = queryOptions({
  queryKey: ["matter-kinds"],
  queryFn: () => api("GET /v1/matter-kinds"),
  staleTime: 60_000,
});

export const organisationQuery = queryOptions({
  queryKey: ["organisation"],
  queryFn: () => api("GET /v1/organisation"),
});

/** Where the files of evidence lie at our server. */
export const evidenceAddress = {
  file: (evidenceId: string): string => `/v1/evidence/${encodeURIComponent(evidenceId)}/file`,
  preview: (evidenceId: string): string => `/v1/evidence/${encodeURIComponent(evidenceId)}/preview`,
} as const;

/** After an act on a matter or a task: everything that shows them, or the seals and rules they changed, is asked again. */
export async function refreshMatters(queries: QueryClient): Promise<void> {
  const keys = [["matters"], ["tasks"], ["overview"], ["seals"], ["rules"], ["templates"], sessionQuery.queryKey];
  await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
