import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api.ts";

const RUNNING_MS = 500;

/** What the server says of its ledger and of its self-check; asked again while a check is running. */
export const ledgerStateQuery = queryOptions({
  queryKey: ["ledger", "state"],
  queryFn: () => api("GET /v1/ledger/state"),
  refetchInterval: (query) => (query.state.data?.check.state === "running" ? RUNNING_MS : false),
});
