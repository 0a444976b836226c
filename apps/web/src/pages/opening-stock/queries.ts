import { queryOptions } from "@tanstack/react-query";
import { api, type RouteAnswer } from "../../api.ts";

export type ImportFile = RouteAnswer<"POST /v1/import-files">;
export type Preview = RouteAnswer<"POST /v1/imports/preview">;
export type PreviewLine = Preview["lines"][number];
export type PreviewPart = Preview["parts"][number];
export type OldBook = RouteAnswer<"GET /v1/old-books">["items"][number];

/** What the files would make now; asked anew whenever a file is added or taken away. */
export const previewQuery = (entityId: string, fileIds: readonly string[]) =>
  queryOptions({
    queryKey: ["import", entityId, [...fileIds].sort()],
    queryFn: () => api("POST /v1/imports/preview", { body: { entityId, fileIds: [...fileIds] } }),
    enabled: fileIds.length > 0 && entityId !== "",
    staleTime: 0,
  });

export const matterPreviewQuery = (matterId: string) =>
  queryOptions({
    queryKey: ["import", "matter", matterId],
    queryFn: () => api("GET /v1/imports/:matterId", { params: { matterId } }),
  });

export const oldBooksQuery = queryOptions({ queryKey: ["old-books"], queryFn: () => api("GET /v1/old-books") });
