import { MOST_DOCUMENTS, UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import { api, apiTelling, findProblem, mayPass } from "../../api.ts";
import type { ApplyPorts } from "./apply-store.ts";
import { readDraft } from "./draft-body.ts";
import type { SaveTrouble } from "./save-queue.ts";

/** The server and the clock of this browser, for the draft under work. */
export function makeApplyPorts(): ApplyPorts {
  return {
    begin: (body, idempotencyKey) => api("POST /v1/seal-use-requests", { body, idempotencyKey }),
    save: (requestId, body) => api("PUT /v1/seal-use-requests/:requestId", { params: { requestId }, body }),
    read: async (requestId) => {
      const request = await api("GET /v1/seal-use-requests/:requestId", { params: { requestId } });
      return {
        draft: readDraft(request),
        saved: { requestId, version: request.version, savedAt: request.updatedAt },
      };
    },
    send: (file, onProgress, signal) =>
      apiTelling((sent, total) => onProgress(total > 0 ? sent / total : 0))("POST /v1/documents", {
        file,
        fileName: file.name,
        signal,
      }),
    judge: judgeTrouble,
    newKey: () => crypto.randomUUID(),
    timers: {
      set: (act, ms) => setTimeout(act, ms),
      clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
    },
    limits: { bytes: UPLOAD_LIMIT_BYTES, documents: MOST_DOCUMENTS },
  };
}

/** What may pass is tried again; everything else needs somebody to decide. */
export function judgeTrouble(thrown: unknown): SaveTrouble {
  if (findProblem(thrown)?.code === "subject.changed-meanwhile") return "conflict";
  return mayPass(thrown) ? "unreachable" : "refused";
}
