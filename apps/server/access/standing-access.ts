import { Readable } from "node:stream";
import type { RouteKey } from "@chancery/api/client";
import { beginMatter, submitMatter } from "../features/matters/ask-matter.ts";
import { approveMatterInTest } from "../features/matters/test-matters.ts";
import { beginTemplate, saveTemplate } from "../features/templates/draft-service.ts";
import { readTemplateVersion } from "../features/templates/read-model.ts";
import { dayInTest } from "../platform/test-days.ts";
import { testContract } from "../platform/test-pdf.ts";
import type { Access } from "./access-table.ts";
import { type Actor, everyone, except, foreign, own, ownPeople } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string}/standing-authorisations${string}`>;

/** Whoever of the entity could use one; it ends by those who watch or decide. */
const knowing = except(ownPeople, own("guest"));
const ending = own("signatory seal-administrator inspector");

export const standingAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/standing-authorisations": [{ of: "of the own entity", allowed: knowing, hidden: except(everyone, knowing) }],
  "POST /v1/standing-authorisations/:standingId/end": [
    { of: "one of the own entity", allowed: ending, hidden: foreign("signatory seal-administrator inspector") },
  ],
};

type Make = (world: World, who: Actor) => Promise<TestCall> | TestCall;
const inForce = new WeakMap<World, string>();
const templates = new WeakMap<World, Promise<string>>();

/** One that is in force: made anew only where the last one has ended. */
async function standingOf(world: World): Promise<string> {
  const { db } = world.env;
  const last = inForce.get(world);
  const row =
    last === undefined
      ? undefined
      : await db
          .selectFrom("standing_authorisations")
          .select("ended_at")
          .where("standing_id", "=", last)
          .executeTakeFirst();
  if (last !== undefined && row?.ended_at === null) return last;
  const text = testContract({}, "gauges under a standing authorisation");
  const made = templates.get(world) ?? registerTemplate(world, text).then(({ templateId }) => templateId);
  templates.set(world, made);
  await askAndApprove(world, "standing-authorisation", {
    ...{ templateId: await made, counterpartyKinds: ["company"], limit: 1000, currency: "CNY", count: 5 },
    ...{ from: day(0), to: day(30) },
  });
  const { standing_id: standingId } = await db
    .selectFrom("standing_authorisations")
    .select("standing_id")
    .where("ended_at", "is", null)
    .orderBy("given_at", "desc")
    .executeTakeFirstOrThrow();
  inForce.set(world, standingId);
  return standingId;
}
const day = (from: number): string => dayInTest(Date.now() + from * 86_400_000);

async function askAndApprove(world: World, kind: "standing-authorisation" | "register-template", data: object) {
  const asker = world.person(kind === "register-template" ? "own seal-administrator" : "own unit-head");
  const { matterId } = await beginMatter(world.env, asker, kind, {
    ...{
      entityId: world.own.entityId,
      unitId: null,
      bodyId: null,
      personId: null,
      title: "A matter",
      reason: "A test",
    },
    ...{ sealId: kind === "register-template" ? null : await world.subjects.sealOf("own"), effectiveOn: null },
    data: { ...data },
  });
  await submitMatter(world.env, asker, matterId);
  const deciding = (["legal-reviewer", "signatory"] as const).map((role) => world.person(`own ${role}`));
  await approveMatterInTest(world.env, matterId, ...deciding);
}

/** A template of the own entity that is in force. */
export async function registerTemplate(
  world: World,
  bytes: Buffer,
): Promise<{ templateId: string; versionId: string }> {
  const writer = world.person("own seal-administrator");
  const stream = Readable.from([bytes]);
  const versionId = await beginTemplate(world.env, writer, { stream, fileName: "template.pdf" });
  await saveTemplate(world.env, writer, versionId, {
    ...{ revision: 1, entityId: world.own.entityId, name: { en: "Template", zh: "模板" }, documentClass: "contract" },
    ...{ language: "en", replaces: null, marks: [] },
  });
  const { version, digest } = await readTemplateVersion(world.env, writer, versionId);
  await askAndApprove(world, "register-template", { templateId: version.templateId, versionId, digest });
  return { templateId: version.templateId, versionId };
}

export const standingCalls: Readonly<Record<Mine, Readonly<Record<string, Make>>>> = {
  "GET /v1/standing-authorisations": {
    "of the own entity": (world) => ({ query: { entityId: world.own.entityId } }),
  },
  "POST /v1/standing-authorisations/:standingId/end": {
    "one of the own entity": async (world) => ({
      params: { standingId: await standingOf(world) },
      body: { reason: "A test" },
    }),
  },
};
