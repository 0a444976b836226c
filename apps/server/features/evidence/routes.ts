import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { getEvidenceView, readEvidenceFile, requireSeesEvidence, uploadEvidence } from "./service.ts";

type Mine =
  | "POST /v1/evidence"
  | "GET /v1/evidence/:evidenceId"
  | "GET /v1/evidence/:evidenceId/file"
  | "GET /v1/evidence/:evidenceId/preview";

export function evidenceHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "POST /v1/evidence": async (_, call) => uploadEvidence(env, call.person().personId, await call.upload()),
    "GET /v1/evidence/:evidenceId": async ({ params }, call) => {
      await requireSeesEvidence(env, call.person().personId, params.evidenceId);
      return getEvidenceView(env.db, params.evidenceId);
    },
    "GET /v1/evidence/:evidenceId/file": async ({ params }, call) => {
      const { personId } = call.person();
      const row = await requireSeesEvidence(env, personId, params.evidenceId);
      const body = await readEvidenceFile(env, personId, row);
      // Bytes that somebody sent us are never shown in place of a page of ours: they are saved, whatever they are.
      return { contentType: "application/octet-stream", body, fileName: row.name };
    },
    "GET /v1/evidence/:evidenceId/preview": async ({ params }, call) => {
      const row = await requireSeesEvidence(env, call.person().personId, params.evidenceId);
      if (row.preview_digest === null) throw problems.notFound();
      const file = await env.files.read(row.preview_digest);
      if (!file.ok) throw new Error(`a preview cannot be read: ${file.code}`);
      return { contentType: "image/jpeg", body: file.bytes };
    },
  };
}
