import { queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";

export type VendorCloud = RouteAnswer<"GET /v1/vendor-clouds">["items"][number];
export type CloudMade = RouteAnswer<"POST /v1/vendor-clouds">;

/** Under the controllers' key, so that whatever refreshes those refreshes these. */
export const vendorCloudsQuery = queryOptions({
  queryKey: ["controllers", "clouds"],
  queryFn: () => api("GET /v1/vendor-clouds"),
  refetchInterval: 30_000,
});
