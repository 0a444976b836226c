import type { MatterKind, MatterState } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { presentInTest } from "../../platform/test-walk.ts";
import { beginMatter } from "./ask-matter.ts";
import { decideMatterStepOf } from "./decide-matter.ts";
import type { CheckedPresence, MatterInput } from "./matter-rows.ts";
import { getMatter, readSteps } from "./store.ts";

/** Begins a matter as the crew's seal administrator, or as `asker`. Used by tests. */
export async function askMatterInTest(
  env: Environment,
  crew: TestCrew,
  wanted: Partial<MatterInput> & { kind?: MatterKind; asker?: string },
): Promise<string> {
  const { kind = "stop", asker = crew.people.sealAdministrator, ...input } = wanted;
  const { matterId } = await beginMatter(env, asker, kind, {
    entityId: crew.entityId,
    unitId: null,
    sealId: null,
    bodyId: null,
    personId: null,
    title: "A matter of a test",
    reason: "A test",
    data: {},
    effectiveOn: null,
    ...input,
  });
  return matterId;
}

/** A proof of presence for an act on a matter, as if it had been checked. */
export async function presentForMatterInTest(
  env: Environment,
  personId: string,
  act: "matter-approve" | "matter-confirm" | "matter-carry-out",
  matterId: string,
  digest: string,
): Promise<CheckedPresence> {
  return { stepUpId: await presentInTest(env, personId, act, matterId, digest), method: "password" };
}

/** Approves every step of a matter, each as the first of these people who may. */
export async function approveMatterInTest(
  env: Environment,
  matterId: string,
  ...people: string[]
): Promise<MatterState> {
  for (;;) {
    const row = await getMatter(env.db, matterId);
    const step = (await readSteps(env.db, row)).find((one) => one.state === "current");
    if (row.state !== "in-review" || !step) return row.state;
    const person = people.find((one) => step.candidates.includes(one));
    if (!person) throw new Error(`nobody of the test may decide the step of the ${step.role}`);
    const digest = row.digest ?? "";
    await decideMatterStepOf(env, person, {
      matterId,
      stepId: step.step_id,
      decision: "approve",
      comment: "",
      digest,
      presence: await presentForMatterInTest(env, person, "matter-approve", matterId, digest),
    });
  }
}
