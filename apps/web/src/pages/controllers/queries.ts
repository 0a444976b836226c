import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";

export type Controller = RouteAnswer<"GET /v1/controllers/:controllerId">;
export type PairingMade = RouteAnswer<"POST /v1/controllers">;

/** Asked now and then: boxes and other people act meanwhile. */
export const controllersQuery = queryOptions({
  queryKey: ["controllers"],
  queryFn: () => api("GET /v1/controllers"),
  refetchInterval: 15_000,
});

/** Asked more often while a box is expected: somebody stands before it. */
export function controllerQuery(controllerId: string) {
  return queryOptions({
    queryKey: ["controllers", controllerId],
    queryFn: () => api("GET /v1/controllers/:controllerId", { params: { controllerId } }),
    refetchInterval: ({ state }) => (state.data?.state.startsWith("awaiting") ? 3000 : 15_000),
  });
}

export type Journal = RouteAnswer<"GET /v1/controllers/:controllerId/journal">;

export function journalQuery(controllerId: string) {
  return queryOptions({
    queryKey: ["controllers", controllerId, "journal"],
    queryFn: () => api("GET /v1/controllers/:controllerId/journal", { params: { controllerId } }),
    refetchInterval: 15_000,
  });
}

export type Orders = RouteAnswer<"GET /v1/controllers/:controllerId/orders">;

/** Asked more often while two people stand at the box. */
export function ordersQuery(controllerId: string) {
  return queryOptions({
    queryKey: ["controllers", controllerId, "orders"],
    queryFn: () => api("GET /v1/controllers/:controllerId/orders", { params: { controllerId } }),
    refetchInterval: ({ state }) =>
      state.data?.orders.some((order) => order.state === "asked" || order.state === "signed") ? 3000 : 15_000,
  });
}

export type BoxSettings = RouteAnswer<"GET /v1/controllers/:controllerId/settings">;

export type BoxSetting = BoxSettings["differing"][number];

/** Asked more often while a box is to take something. */
export function boxSettingsQuery(controllerId: string) {
  return queryOptions({
    queryKey: ["controllers", controllerId, "settings"],
    queryFn: () => api("GET /v1/controllers/:controllerId/settings", { params: { controllerId } }),
    refetchInterval: ({ state }) => (state.data?.differing.length ? 3000 : 15_000),
  });
}

export type Epoch = RouteAnswer<"GET /v1/controllers/:controllerId/epoch">;

export function epochQuery(controllerId: string) {
  return queryOptions({
    queryKey: ["controllers", controllerId, "epoch"],
    queryFn: () => api("GET /v1/controllers/:controllerId/epoch", { params: { controllerId } }),
    refetchInterval: ({ state }) => (state.data?.reset ? 3000 : 15_000),
  });
}

export function refreshControllers(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["controllers"] });
}

/** What a list says of a controller: a pairing that is over waits for nobody. */
export function lookOf(controller: Controller): "over" | Controller["state"] {
  return controller.pairing?.over ? "over" : controller.state;
}
