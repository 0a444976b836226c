import { queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";

export type StampedCopy = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamped-copies">["copies"][number];
export type CopyAct = StampedCopy["acts"][number];
export type CopiesBody = CallOptions<"POST /v1/seal-use-requests/:requestId/stamped-copies">["body"];

const whileReadMs = 5_000;

/** Where each stamped copy of a request is. */
export const copiesQuery = (requestId: string) =>
  queryOptions({
    queryKey: ["requests", "copies", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId/stamped-copies", { params: { requestId } }),
    // A photo is compared within seconds, and what it waited for goes on by itself.
    refetchInterval: ({ state }) =>
      state.data?.copies.some(({ showing }) => showing === "being-read") ? whileReadMs : false,
  });
