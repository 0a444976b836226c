import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readDocumentClasses } from "./read-model.ts";

type Mine = "GET /v1/document-classes";

export function documentClassHandlers(env: Environment): Pick<Handlers, Mine> {
  return { "GET /v1/document-classes": (_, call) => readDocumentClasses(env, call.person().personId) };
}
