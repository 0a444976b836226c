import {
  type ClassBook,
  classIn,
  classNames,
  type DescribedRow,
  decideByRules,
  describeRows,
  nameClass,
  ownClassIds,
  type RuleSet,
  refuse,
  type TableId,
  writeModel,
} from "@chancery/domain";
import type { Call, HandlerAnswer, Handlers, RouteInput } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy, toRefusalView } from "../../platform/refusals.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { askForBacktest } from "./backtest.ts";
import { beginDraft, discardDraft, importDraft, saveDraft, writeFile } from "./draft-service.ts";
import { listBacktests } from "./list-backtests.ts";
import { type RulesReader, readRules, readTables, readVersion } from "./read-model.ts";
import { readHeadEntity, readRulesInForce } from "./read-rules.ts";
import { listRunning } from "./running-requests.ts";

type Mine =
  | "GET /v1/rules"
  | "GET /v1/rules/running"
  | "GET /v1/rules/versions/:versionId"
  | "POST /v1/rules/drafts"
  | "POST /v1/rules/imports"
  | "PUT /v1/rules/versions/:versionId"
  | "DELETE /v1/rules/versions/:versionId"
  | "POST /v1/rules/versions/:versionId/try"
  | "POST /v1/rules/versions/:versionId/backtests"
  | "GET /v1/rules/versions/:versionId/backtests"
  | "POST /v1/rules/checks"
  | "GET /v1/rules/versions/:versionId/file";

/** Whoever runs the seals of the first entity writes the rules, which bind every entity. */
async function readerOf(env: Environment, call: Call): Promise<RulesReader> {
  const { personId, permissions } = call.person();
  if (!permissions.has("rules.write")) return { personId, mayWrite: false };
  const { entityId } = await readHeadEntity(env.db);
  const held = await readGrantsInForce(env.db, env.clock.now(), { personId, entityId });
  return { personId, mayWrite: held.some((grant) => grant.role === "seal-administrator") };
}

/** Throws a refusal where this person writes no rules. */
async function requireWriter(env: Environment, call: Call): Promise<string> {
  const { personId, mayWrite } = await readerOf(env, call);
  const { code } = await readHeadEntity(env.db);
  if (!mayWrite) throw refusedBy([refuse("rules.other-entity", { entity: code }, "C11")]);
  return personId;
}

export function rulesHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/rules": async (_, call) => readRules(env, await readerOf(env, call)),
    "GET /v1/rules/running": async ({ query }, call) => listRunning(env, await requireWriter(env, call), query),
    "GET /v1/rules/versions/:versionId": async ({ params }, call) =>
      readVersion(env, params.versionId, await readerOf(env, call)),
    "POST /v1/rules/drafts": async ({ body }, call) => ({
      versionId: await beginDraft(env, await requireWriter(env, call), body),
    }),
    "POST /v1/rules/imports": async ({ body }, call) => ({
      versionId: await importDraft(env, await requireWriter(env, call), body),
    }),
    "PUT /v1/rules/versions/:versionId": async ({ params, body }, call) => {
      const personId = await requireWriter(env, call);
      await saveDraft(env, personId, params.versionId, { ...body, rules: body.rules as RuleSet });
      return readVersion(env, params.versionId, { personId, mayWrite: true });
    },
    "DELETE /v1/rules/versions/:versionId": async ({ params }, call) => {
      await discardDraft(env, await requireWriter(env, call), params.versionId);
      return { done: true };
    },
    "POST /v1/rules/versions/:versionId/try": async ({ params, body }, call) => {
      const { rules } = await readVersion(env, params.versionId, await readerOf(env, call));
      const book = await readClassBook(env.db);
      return { answers: body.cases.map((one) => tryCase(rules as RuleSet, one, book)) };
    },
    "POST /v1/rules/versions/:versionId/backtests": async ({ params, body }, call) => ({
      backtestId: await askForBacktest(env, await requireWriter(env, call), params.versionId, body.period),
    }),
    "GET /v1/rules/versions/:versionId/backtests": async ({ params }, call) =>
      listBacktests(env, params.versionId, await readerOf(env, call)),
    "POST /v1/rules/checks": async ({ body }) => {
      const rules = body.rules as RuleSet;
      const { rules: inForce } = await readRulesInForce(env.db);
      const book = await readClassBook(env.db);
      return { ...readTables(rules, inForce, book), answers: body.cases.map((one) => tryCase(rules, one, book)) };
    },
    "GET /v1/rules/versions/:versionId/file": async ({ params }, call) => {
      const { rules: read, version } = await readVersion(env, params.versionId, await readerOf(env, call));
      const rules = read as RuleSet;
      const own = ownClassIds(await readClassBook(env.db));
      const models = {
        ...{ scope: writeModel(rules, "scope", own), route: writeModel(rules, "route", own) },
        limits: writeModel(rules, "limits", own),
      };
      return {
        contentType: "application/json",
        body: new TextEncoder().encode(writeFile(rules, models)),
        fileName: `rules-${version.number ?? "draft"}.json`,
      };
    },
  };
}

type Tried = HandlerAnswer<"POST /v1/rules/versions/:versionId/try">["answers"][number];

type Case = RouteInput<"POST /v1/rules/versions/:versionId/try">["body"]["cases"][number];

/** What the rules would say of a case for one seal, with nothing attached. */
function tryCase(rules: RuleSet, { sealType, important, ...facts }: Case, book: ClassBook): Tried {
  const seal = { sealId: "seal", type: sealType, important };
  const { makesRights } = classIn(book, facts.documentClass);
  const decided = decideByRules(rules, { ...facts, makesRights, seals: [seal], attachments: [] });
  const named = nameClass(book, facts.documentClass);
  const sayRow = (table: TableId, rowId: string | undefined): DescribedRow | null =>
    describeRows(rules, table, classNames(book)).find((row) => row.rowId === rowId) ?? null;
  return {
    scope: sayRow("scope", decided.fired.scope.seal),
    route: decided.fired.route.flatMap((rowId) => sayRow("route", rowId) ?? []),
    limits: sayRow("limits", decided.fired.limits),
    refusals: decided.refusals.map((refusal) =>
      toRefusalView(
        "documentClass" in refusal.facts ? { ...refusal, facts: { ...refusal.facts, documentClass: named } } : refusal,
      ),
    ),
  };
}
