import type { RouteKey } from "@chancery/api/client";
import { starterRules } from "@chancery/domain";
import { beginDraft } from "../features/rules/draft-service.ts";
import type { Access } from "./access-table.ts";
import { both, everyone, except, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

const draftOf = (world: World): Promise<string> =>
  beginDraft(world.env, world.person("own seal-administrator"), { from: "group", note: "" });

/** Of the entity that was there first: the rules bind every entity. */
const writers = own("seal-administrator");
const others: Access["refused"] = [409, "rules.other-entity", except(both("seal-administrator"), writers)];
const ofADraft = { allowed: writers, hidden: except(everyone, writers) };

/** Everybody reads the rules that bind him; who runs the seals writes them, and a second person decides. */
export const rulesAccess = {
  "GET /v1/rules": [{ of: "", allowed: everyone }],
  "GET /v1/rules/running": [{ of: "", allowed: writers, refused: others }],
  "GET /v1/rules/versions/:versionId": [{ of: "", ...ofADraft }],
  "GET /v1/rules/versions/:versionId/file": [{ of: "", ...ofADraft }],
  "POST /v1/rules/versions/:versionId/try": [{ of: "", ...ofADraft }],
  "POST /v1/rules/checks": [{ of: "", allowed: both("seal-administrator") }],
  "POST /v1/rules/drafts": [{ of: "", allowed: writers, refused: others }],
  "POST /v1/rules/imports": [{ of: "", allowed: both("seal-administrator"), answers: 409 }],
  "POST /v1/rules/versions/:versionId/backtests": [{ of: "", allowed: writers, refused: others }],
  "GET /v1/rules/versions/:versionId/backtests": [{ of: "", ...ofADraft }],
  "PUT /v1/rules/versions/:versionId": [{ of: "", allowed: writers, refused: others }],
  "DELETE /v1/rules/versions/:versionId": [{ of: "", allowed: writers, refused: others }],
} as const satisfies Partial<Record<RouteKey, readonly Access[]>>;

export const rulesCalls: Readonly<
  Record<keyof typeof rulesAccess, Readonly<Record<string, (world: World) => Promise<TestCall> | TestCall>>>
> = {
  "GET /v1/rules": { "": () => ({}) },
  "GET /v1/rules/running": { "": () => ({}) },
  "GET /v1/rules/versions/:versionId": { "": async (world) => ({ params: { versionId: await draftOf(world) } }) },
  "GET /v1/rules/versions/:versionId/file": { "": async (world) => ({ params: { versionId: await draftOf(world) } }) },
  "POST /v1/rules/versions/:versionId/try": {
    "": async (world) => ({
      params: { versionId: await draftOf(world) },
      body: {
        cases: [
          {
            ...{ sealType: "department", important: false, documentClass: "contract", external: true, amount: null },
            ...{ counterpartyKind: "company", currency: "CNY", template: "none", impressions: 1 },
          },
        ],
      },
    }),
  },
  "POST /v1/rules/checks": { "": () => ({ body: { rules: starterRules("group"), cases: [] } }) },
  "POST /v1/rules/drafts": { "": () => ({ body: { from: "state-owned", note: "" } }) },
  // A file of another product: who may import at all is told so.
  "POST /v1/rules/imports": { "": () => ({ body: { text: "{}", note: "" } }) },
  "POST /v1/rules/versions/:versionId/backtests": {
    "": async (world) => ({ params: { versionId: await draftOf(world) }, body: { period: null } }),
  },
  "GET /v1/rules/versions/:versionId/backtests": {
    "": async (world) => ({ params: { versionId: await draftOf(world) } }),
  },
  "PUT /v1/rules/versions/:versionId": {
    "": async (world) => ({
      params: { versionId: await draftOf(world) },
      body: { revision: 1, note: "", rules: starterRules("bank-like") },
    }),
  },
  "DELETE /v1/rules/versions/:versionId": { "": async (world) => ({ params: { versionId: await draftOf(world) } }) },
};
