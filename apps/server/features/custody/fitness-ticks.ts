import { addDays, findLastFitDay, fitnessReminders, isFit, listUnfitRefusals } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { changeSealState } from "../seals/service.ts";
import { lockSeal, readBodies } from "../seals/store.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { openFitnessTask } from "../training/fitness-tasks.ts";
import { readFitness, type SealToHold } from "./fit-to-hold.ts";
import { custodiansOf, readHeldNow } from "./postings.ts";

interface HeldBody extends SealToHold {
  readonly body_id: string;
  readonly state: string;
}

/** Bodies that are used or could be, with who answers for each by the books. */
async function readHeldBodies(env: Environment): Promise<{ body: HeldBody; custodians: readonly string[] }[]> {
  const bodies = await env.db
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.body_id", "b.state", "s.seal_id", "s.entity_id", "s.important"])
    .where("b.state", "in", ["in-use", "frozen", "in-handover", "taken-out"])
    .orderBy("b.body_id")
    .execute();
  const held = await readHeldNow(
    env.db,
    bodies.map((body) => body.body_id),
  );
  return bodies.map((body) => ({ body, custodians: custodiansOf(held(body.body_id)) }));
}

/**
 * Custody of the unfit freezes on the day (C12): a custodian whose certificate ran out, whose term is over, whose account
 * was closed. What is in a handover or out is not torn away; it is frozen when it comes back. People are reminded before:
 * the custodian thirty days ahead, who runs the seals seven.
 */
export async function freezeCustodyOfTheUnfit(env: Environment): Promise<void> {
  const held = await readHeldBodies(env);
  const { factsOf } = await readFitness(
    env.db,
    env,
    held.flatMap((one) => one.custodians),
  );
  const reminders = new Map<string, { personId: string; entityId: string; lastFitDay: string; today: string }>();
  for (const { body, custodians } of held) {
    const facts = custodians.map((personId) => ({ personId, ...factsOf(personId, body, true) }));
    if (body.state === "in-use" && !facts.every(isFit)) await transact(env.db, (tx) => freezeOf(tx, env, body));
    for (const { personId, ...one } of facts.filter(isFit)) {
      const lastFitDay = findLastFitDay(one);
      const key = `${personId} ${body.entity_id}`;
      const sooner = lastFitDay !== null && lastFitDay < (reminders.get(key)?.lastFitDay ?? "9999-12-31");
      if (sooner) reminders.set(key, { personId, entityId: body.entity_id, lastFitDay, today: one.today });
    }
  }
  for (const { today, ...about } of reminders.values()) await remind(env, today, about);
}

async function freezeOf(tx: Tx, env: Environment, body: HeldBody): Promise<void> {
  // Looked at again under the seal's lock: it may have been handed over or stopped a moment ago.
  const { seal_id } = await lockSeal(tx, body.seal_id);
  const now = (await readBodies(tx, [seal_id])).find((one) => one.body_id === body.body_id);
  const custodians = custodiansOf((await readHeldNow(tx, [body.body_id]))(body.body_id));
  const { factsOf } = await readFitness(tx, env, custodians);
  const unfit = custodians.flatMap((personId) => {
    const [reason] = listUnfitRefusals(factsOf(personId, body, true));
    return reason ? [{ personId, reason: reason.code }] : [];
  });
  if (now?.state !== "in-use" || unfit.length === 0) return;
  await changeSealState(tx, env, body.seal_id, "freeze", { actorId: null, reason: null }, body.body_id);
  for (const { personId, reason } of unfit)
    await openFinding(tx, env, {
      ...{ control: "C12", source: "custodian.unfit", subjectKey: `${body.seal_id} ${personId}` },
      ...{ entityId: body.entity_id, sealId: body.seal_id, bodyId: body.body_id, personId, actorId: null },
      facts: { reason },
    });
}

async function remind(
  env: Environment,
  today: string,
  about: { personId: string; entityId: string; lastFitDay: string },
): Promise<void> {
  const due = (days: number): boolean => today >= addDays(about.lastFitDay, -days);
  const kinds = [
    ...(due(fitnessReminders.person) ? (["stay-fit"] as const) : []),
    ...(due(fitnessReminders.administrator) ? (["custodian-fitness-ends"] as const) : []),
  ];
  for (const kind of kinds) {
    // Said once for each last day, whatever became of the task.
    const told = await env.db
      .selectFrom("tasks")
      .select("task_id")
      .where("kind", "=", kind)
      .where("subject_key", "=", `${about.personId} ${about.entityId} ${about.lastFitDay}`)
      .executeTakeFirst();
    if (!told) await transact(env.db, (tx) => openFitnessTask(tx, env, kind, about));
  }
}
