import type { Call, Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { confirmReading } from "./confirm.ts";
import { printVersion } from "./print-version.ts";
import { listConfirmations, type RuleBookReader, readRuleBook, readRuleBookVersion } from "./read-model.ts";
import { writeVersion } from "./write-version.ts";

type Mine =
  | "GET /v1/rule-book"
  | "GET /v1/rule-book/versions/:versionId"
  | "GET /v1/rule-book/versions/:versionId/file"
  | "POST /v1/rule-book/versions"
  | "POST /v1/rule-book/confirmations"
  | "GET /v1/rule-book/confirmations";

function readerOf(call: Call): RuleBookReader {
  const { personId, permissions } = call.person();
  return { personId, mayWrite: permissions.has("rule-book.write") };
}

export function ruleBookHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/rule-book": (_, call) => {
      const { personId, permissions } = call.person();
      return readRuleBook(env, personId, permissions.has("rule-book.write"));
    },
    "GET /v1/rule-book/versions/:versionId": ({ params }, call) =>
      readRuleBookVersion(env, params.versionId, readerOf(call)),
    "GET /v1/rule-book/versions/:versionId/file": ({ params, query }, call) =>
      printVersion(env, params.versionId, query.language, readerOf(call)),
    "POST /v1/rule-book/versions": async (_, call) => {
      const { personId } = call.person();
      const versionId = await writeVersion(env, personId);
      return (await readRuleBookVersion(env, versionId, { personId, mayWrite: true })).version;
    },
    "POST /v1/rule-book/confirmations": async ({ body }, call) => {
      const { personId } = call.person();
      const { versionId, digest, presence } = body;
      const method = await verifyPresence(env, call, { act: "rule-book", subjectId: versionId, digest }, presence);
      await confirmReading(env, personId, {
        ...{ versionId, digest },
        presence: { stepUpId: presence.stepUpId, method },
      });
      return { done: true };
    },
    "GET /v1/rule-book/confirmations": async (_, call) => {
      const watched = await readGrantsInForce(env.db, env.clock.now(), { personId: call.person().personId });
      const watching = watched.filter(({ role }) => role === "inspector" || role === "seal-administrator");
      return listConfirmations(
        env,
        watching.map((grant) => grant.entityId),
      );
    },
  };
}
