import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import type { LineFilter } from "./line-filter.ts";

export type RegisterCard = RouteAnswer<"GET /v1/registers">["items"][number];
export type RegisterName = RegisterCard["register"];
export type Line = RouteAnswer<"GET /v1/registers/:register/lines/:lineId">;

export type Export = RouteAnswer<"POST /v1/register-exports">;

const MAKING_MS = 1000;

export const registersQuery = queryOptions({
  queryKey: ["registers", "all"],
  queryFn: () => api("GET /v1/registers"),
  staleTime: 5_000,
});

export const linesQuery = (register: RegisterName, filter: LineFilter) =>
  infiniteQueryOptions({
    queryKey: ["registers", register, "lines", filter],
    queryFn: ({ pageParam }) =>
      api("GET /v1/registers/:register/lines", {
        params: { register },
        query: { ...filter, ...(pageParam ? { after: pageParam } : {}) },
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    staleTime: 5_000,
  });

export const lineQuery = (register: RegisterName, lineId: string) =>
  queryOptions({
    queryKey: ["registers", register, "line", lineId],
    queryFn: () => api("GET /v1/registers/:register/lines/:lineId", { params: { register, lineId } }),
    staleTime: 5_000,
  });

export const viewsQuery = (register: RegisterName) =>
  queryOptions({
    queryKey: ["registers", register, "views"],
    queryFn: () => api("GET /v1/register-views", { query: { register } }),
    staleTime: 60_000,
  });

/** The reader's exports of a register; asked every second while one is being made. */
export const exportsQuery = (register: RegisterName) =>
  queryOptions({
    queryKey: ["registers", register, "exports"],
    queryFn: () => api("GET /v1/register-exports", { query: { register } }),
    staleTime: 1_000,
    refetchInterval: (query) => (query.state.data?.items.some((one) => one.state === "making") ? MAKING_MS : false),
  });

export const organisationQuery = queryOptions({
  queryKey: ["organisation"],
  queryFn: () => api("GET /v1/organisation"),
});

/** Where the file of an export lies at our server. */
export const exportAddress = (exportId: string): string => `/v1/register-exports/${encodeURIComponent(exportId)}/file`;
