import type { RouteKey } from "@chancery/api/client";
import { getReadingDigest } from "../features/rule-book/confirm.ts";
import { writeVersion } from "../features/rule-book/write-version.ts";
import { newId } from "../platform/ids.ts";
import type { Access } from "./access-table.ts";
import { both, everyone, except } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import { type World, worldPassword } from "./test-world.ts";

const versionOf = (world: World): Promise<string> => writeVersion(world.env, world.person("own seal-administrator"));

/** A draft that nobody has asked to publish yet is there for those who write it. */
const writers = both("seal-administrator system-administrator");
const ofADraft = { allowed: writers, hidden: except(everyone, writers) };

/** Everybody reads the rule book; who runs seals or accounts writes it; who watches sees who has read it. */
export const ruleBookAccess = {
  "GET /v1/rule-book": [{ of: "", allowed: everyone }],
  "GET /v1/rule-book/versions/:versionId": [{ of: "", ...ofADraft }],
  "GET /v1/rule-book/versions/:versionId/file": [{ of: "", ...ofADraft, heavy: true }],
  "POST /v1/rule-book/versions": [{ of: "", allowed: both("seal-administrator system-administrator") }],
  // No version is in force yet: who may confirm at all is told so.
  "POST /v1/rule-book/confirmations": [{ of: "", allowed: everyone, answers: 409 }],
  "GET /v1/rule-book/confirmations": [{ of: "", allowed: both("seal-administrator inspector") }],
} as const satisfies Partial<Record<RouteKey, readonly Access[]>>;

export const ruleBookCalls: Readonly<
  Record<
    keyof typeof ruleBookAccess,
    Readonly<
      Record<string, (world: World, who: Parameters<World["person"]>[0] | "nobody") => Promise<TestCall> | TestCall>
    >
  >
> = {
  "GET /v1/rule-book": { "": () => ({}) },
  "GET /v1/rule-book/versions/:versionId": {
    "": async (world) => ({ params: { versionId: await versionOf(world) } }),
  },
  "GET /v1/rule-book/versions/:versionId/file": {
    "": async (world) => ({ params: { versionId: await versionOf(world) }, query: { language: "zh" } }),
  },
  "POST /v1/rule-book/versions": { "": () => ({ keeps: true, body: {} }) },
  "POST /v1/rule-book/confirmations": {
    "": async (world, who) => {
      const versionId = await versionOf(world);
      const personId = who === "nobody" ? "" : world.person(who);
      const digest = await getReadingDigest(world.env, personId, versionId);
      const presence =
        who === "nobody"
          ? { stepUpId: newId("stp", Date.now()), proof: { method: "password", password: worldPassword } }
          : await world.presence(who, "rule-book", versionId, digest);
      return { keeps: true, body: { versionId, digest, presence } };
    },
  },
  "GET /v1/rule-book/confirmations": { "": () => ({}) },
};
export const ruleBookStepUp = async (world: World): Promise<TestCall> => ({
  ...{ keeps: true, body: { act: "rule-book", versionId: await versionOf(world) } },
});
