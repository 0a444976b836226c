import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";
import { refreshCustody } from "../custody/queries.ts";
import { refreshRequests } from "../requests/queries.ts";

export type StampingView = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamping">;
export type Impression = StampingView["impressions"][number];
export type Comparison = NonNullable<NonNullable<Impression["photo"]>["comparison"]>;
export type PhotoReport =
  CallOptions<"POST /v1/seal-use-requests/:requestId/impressions/:impressionId/photo">["query"]["report"];
type BareReport =
  CallOptions<"POST /v1/seal-use-requests/:requestId/impressions/:impressionId/report">["body"]["report"];
export type StampReport = PhotoReport | BareReport;
export type StampVerdict =
  CallOptions<"POST /v1/seal-use-requests/:requestId/impressions/:impressionId/ruling">["body"]["verdict"];

const OPEN_MS = 5_000;
/** Where somebody elsewhere is asked before each press, both wait for each other. */
const REMOTE_MS = 2_000;

/**
 * After how long a stamping is asked for again: while it is open, for another person confirms on his own phone, and after its end
 * until each photo is compared, for the last may freeze it as well.
 */
export function askAgainIn(view: Pick<StampingView, "state" | "remote" | "photosBeingRead">): number | false {
  if (view.photosBeingRead === 0 && !["authorised", "opened", "frozen"].includes(view.state)) return false;
  return view.remote ? REMOTE_MS : OPEN_MS;
}

/** The stamping of a request, asked for again while something may come of itself. */
export function stampingQuery(requestId: string) {
  return queryOptions({
    queryKey: ["requests", "stamping", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId/stamping", { params: { requestId } }),
    staleTime: 2_000,
    // What stands here is gone on with where the network is poor, so an answer that does not come takes nothing away.
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data } }) => data !== undefined && askAgainIn(data),
  });
}

/** After an act of stamping: the seal's place and the request are asked again. */
export async function refreshStamping(queries: QueryClient): Promise<void> {
  await Promise.all([refreshRequests(queries), refreshCustody(queries)]);
}
