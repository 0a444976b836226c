import { queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";

export type FinalCopies = RouteAnswer<"GET /v1/seal-use-requests/:requestId/final-copies">;
export type FinalCopy = FinalCopies["finals"][number];
export type FinalPage = FinalCopy["pages"][number];

/** While a scan is being compared it is asked again, so that people see how far it is. */
const READING_MS = 2000;

/** The final copies of a request that came back, with what each page says. */
export const finalCopiesQuery = (requestId: string) =>
  queryOptions({
    queryKey: ["requests", "final-copies", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId/final-copies", { params: { requestId } }),
    refetchInterval: ({ state }) => (state.data?.finals.some((one) => one.state === "reading") ? READING_MS : false),
  });

export const sheetAddress = (requestId: string, finalCopyId: string, sheet: number): string =>
  `/v1/seal-use-requests/${encodeURIComponent(requestId)}/final-copies/${encodeURIComponent(finalCopyId)}/sheets/${sheet}`;
