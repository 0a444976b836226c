import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type CallOptions, type RouteAnswer } from "../../api.ts";

export type TemplatesData = RouteAnswer<"GET /v1/templates">;
export type Template = TemplatesData["items"][number];
export type TemplateDetail = RouteAnswer<"GET /v1/templates/versions/:versionId">;
export type TemplateBody = CallOptions<"PUT /v1/templates/versions/:versionId">["body"];
export type Mark = TemplateBody["marks"][number];
type VersionId = Template["versionId"];

export const templatesQuery = queryOptions({ queryKey: ["templates"], queryFn: () => api("GET /v1/templates") });

export function templateQuery(versionId: string) {
  return queryOptions({
    queryKey: ["templates", "versions", versionId],
    queryFn: () => api("GET /v1/templates/versions/:versionId", { params: { versionId: versionId as VersionId } }),
    enabled: versionId !== "",
  });
}

/** The bytes of a template; a version's file never changes. */
export function templateFileQuery(versionId: string) {
  return queryOptions({
    queryKey: ["template-file", versionId],
    queryFn: () => api("GET /v1/templates/versions/:versionId/file", { params: { versionId: versionId as VersionId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

/** Where the file of a template lies at our server, to be saved by the browser. */
export const templateAddress = (versionId: string): string =>
  `/v1/templates/versions/${encodeURIComponent(versionId)}/file`;

/** After a template was begun, saved, discarded or proposed. */
export const refreshTemplates = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ queryKey: templatesQuery.queryKey });
