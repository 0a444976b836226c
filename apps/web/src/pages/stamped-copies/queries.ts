import { queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";

export type StampedCopy = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamped-copies">["copies"][number];
export type CopyAct = StampedCopy["acts"][number];
export type CopiesBody = CallOptions<"POST /v1/seal-use-requests/:requestId/stamped-copies">["body"];

/** Where each stamped copy of a request is. */
export const copiesQuery = (requestId: string) =>
  queryOptions({
    queryKey: ["requests", "copies", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId/stamped-copies", { params: { requestId } }),
  });
