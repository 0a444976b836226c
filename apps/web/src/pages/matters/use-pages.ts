import { api, type RouteAnswer } from "../../api.ts";
import { type Pages, usePages } from "../../parts/use-pages.ts";
import type { MatterFilter, TaskFilter } from "./queries.ts";

/** Matters by filter, newest change first, more on demand. */
export function useMatters(filter: MatterFilter): Pages<RouteAnswer<"GET /v1/matters">> {
  return usePages(["matters", "list", filter], (after) => api("GET /v1/matters", { query: { ...filter, ...after } }));
}

/** Tasks by filter, those due first, more on demand. */
export function useTasks(filter: TaskFilter): Pages<RouteAnswer<"GET /v1/tasks">> {
  return usePages(["tasks", "list", filter], (after) => api("GET /v1/tasks", { query: { ...filter, ...after } }));
}
