import { queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";
import type { OpenedDocument } from "../requests/pdf-document.ts";

export type CheckResult = RouteAnswer<"POST /v1/seal-use-requests/:requestId/check">;
export type Seal = RouteAnswer<"GET /v1/seal-choices">["items"][number];

/** What submitting this version of the draft would answer. The version is part of the question. */
export function checkQuery(requestId: string, version: number) {
  return queryOptions({
    queryKey: ["requests", "check", requestId, version],
    queryFn: () => api("POST /v1/seal-use-requests/:requestId/check", { params: { requestId } }),
    staleTime: 30_000,
    placeholderData: (before: CheckResult | undefined) => before,
  });
}

/** Where a text stands in a document; without one, the words at which a seal is usually set. A document never changes. */
export function wordsQuery(documentId: string, text?: string) {
  return queryOptions({
    queryKey: ["document-words", documentId, text ?? null],
    queryFn: () => api("GET /v1/documents/:documentId/places", { params: { documentId }, query: text ? { text } : {} }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** The lines of a page with their boxes, as this browser reads them. */
export function runsQuery(documentId: string, page: number, opened: OpenedDocument | null) {
  return queryOptions({
    queryKey: ["document-runs", documentId, page],
    queryFn: async () => (opened ? (await opened.getPage(page)).readRuns() : []),
    enabled: opened !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });
}
