import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { beginTemplate, discardTemplate, saveTemplate } from "./draft-service.ts";
import { readTemplateFile, readTemplates, readTemplateVersion } from "./read-model.ts";

type Mine =
  | "GET /v1/templates"
  | "POST /v1/templates"
  | "GET /v1/templates/versions/:versionId"
  | "PUT /v1/templates/versions/:versionId"
  | "DELETE /v1/templates/versions/:versionId"
  | "GET /v1/templates/versions/:versionId/file";

export function templateHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/templates": (_, call) => readTemplates(env, call.person().personId),
    "POST /v1/templates": async (_, call) => ({
      versionId: await beginTemplate(env, call.person().personId, await call.upload()),
    }),
    "GET /v1/templates/versions/:versionId": ({ params }, call) =>
      readTemplateVersion(env, call.person().personId, params.versionId),
    "PUT /v1/templates/versions/:versionId": async ({ params, body }, call) => {
      const { personId } = call.person();
      await saveTemplate(env, personId, params.versionId, body);
      return readTemplateVersion(env, personId, params.versionId);
    },
    "DELETE /v1/templates/versions/:versionId": async ({ params }, call) => {
      await discardTemplate(env, call.person().personId, params.versionId);
      return { done: true };
    },
    "GET /v1/templates/versions/:versionId/file": async ({ params }, call) => {
      const { bytes, fileName } = await readTemplateFile(env, call.person().personId, params.versionId);
      return { contentType: "application/pdf", body: bytes, fileName };
    },
  };
}
