import { createHash } from "node:crypto";
import {
  decidePositionConfirmation,
  jobDescriptionVersion,
  type Position,
  positionDigestInput,
  type Role,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence, type PresenceMethod } from "../identity/step-up.ts";
import { recordEvents } from "../ledger/record-event.ts";
import { grantLine } from "../organisation/write-grant-line.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { endTasks } from "../tasks/open-task.ts";
import { positionTask } from "./open-position-task.ts";

export type OwnPosition = Position & { readonly entityId: string };

/** Positions given to a person that wait for his confirmation. */
export async function readUnconfirmed(reader: Reader, personId: string): Promise<OwnPosition[]> {
  const rows = await reader
    .selectFrom("grants as g")
    .leftJoin("position_confirmations as c", "c.grant_id", "g.grant_id")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .selectAll("g")
    .select(["u.entity_id as unit_entity", "s.entity_id as seal_entity"])
    .where("g.person_id", "=", personId)
    .where("g.state", "=", "given")
    .where("c.grant_id", "is", null)
    .orderBy("g.granted_at")
    .orderBy("g.grant_id")
    .execute();
  return rows.map((row) => ({
    ...{ grantId: row.grant_id, role: row.role as Role, scopeKind: row.scope_kind, scopeId: row.scope_id },
    ...{ from: row.from_on, to: row.to_on, entityId: row.unit_entity ?? row.seal_entity ?? row.scope_id },
  }));
}

export function positionDigest(personId: string, positions: readonly Position[]): string {
  return `sha256:${createHash("sha256").update(positionDigestInput(personId, positions)).digest("hex")}`;
}

/** What a proof of presence for these positions has to be bound to. Throws the refusal of `decidePositionConfirmation`. */
export async function getPositionDigest(
  env: Environment,
  personId: string,
  grantIds: readonly string[],
): Promise<string> {
  const decided = decidePositionConfirmation(grantIds, await readUnconfirmed(env.db, personId));
  if (!decided.ok) throw refusedBy(decided.refusals);
  return positionDigest(personId, decided.events[0]?.positions ?? []);
}

/** Confirms positions of one's own, with a proof of presence that was checked and is used up here: they take force. */
export async function confirmPositions(
  env: Environment,
  personId: string,
  input: {
    grantIds: readonly string[];
    digest: string;
    presence: { stepUpId: string; method: PresenceMethod };
  },
): Promise<void> {
  await transact(env.db, async (tx) => {
    // Held, so that the same positions are confirmed once, and none that ends meanwhile.
    await tx
      .selectFrom("grants")
      .select("grant_id")
      .where("grant_id", "in", ["", ...input.grantIds])
      .orderBy("grant_id")
      .forUpdate()
      .execute();
    const waiting = await readUnconfirmed(tx, personId);
    const decided = decidePositionConfirmation(input.grantIds, waiting);
    if (!decided.ok) throw refusedBy(decided.refusals);
    const positions = waiting.filter((one) => input.grantIds.includes(one.grantId));
    if (input.digest !== positionDigest(personId, positions)) throw problems.changedMeanwhile();
    await consumePresence(tx, env, input.presence.stepUpId, {
      ...{ personId, act: "position", subjectId: personId, digest: input.digest },
    });
    await keepConfirmations(tx, env, personId, positions, {
      ...{ method: input.presence.method, stepUpId: input.presence.stepUpId, digest: input.digest },
    });
  });
}

/** The first person's own position: nobody gave it to him, and he confirms it by setting up. */
export async function confirmFirstPosition(
  tx: Tx,
  env: Environment,
  personId: string,
  position: OwnPosition,
): Promise<void> {
  const digest = positionDigest(personId, [position]);
  await keepConfirmations(tx, env, personId, [position], { method: "set-up", stepUpId: null, digest });
}

/**
 * Keeps that positions are confirmed. One that takes force without its holder has no line of his in the register and
 * nobody as the actor: the ledger says by which way.
 */
export async function keepConfirmations(
  tx: Tx,
  env: Environment,
  personId: string,
  positions: readonly OwnPosition[],
  by: { method: PresenceMethod | "set-up" | "as-before" | "setting"; stepUpId: string | null; digest: string },
): Promise<void> {
  const { method, digest } = by;
  const byItself = method === "as-before" || method === "setting";
  const eventIds = await recordEvents(
    tx,
    env,
    positions.map((one) => ({
      ...{ type: "PositionConfirmed" as const, actorId: byItself ? null : personId, personId },
      sealId: one.scopeKind === "seal" ? one.scopeId : null,
      facts: { grant: one.grantId, role: one.role, version: jobDescriptionVersion, digest, method },
    })),
  );
  await tx
    .insertInto("position_confirmations")
    .values(
      positions.map((one, at) => ({
        ...{ grant_id: one.grantId, person_id: personId, description_version: jobDescriptionVersion, digest },
        ...{ method, step_up_id: by.stepUpId, at: new Date(env.clock.now()), event_id: eventIds[at] ?? null },
      })),
    )
    .execute();
  await writeRegisterLines(
    tx,
    env,
    (byItself ? [] : positions).map((one, at) => {
      const line = grantLine("confirmed", eventIds[at] ?? "", {
        ...{ grantId: one.grantId, entityId: one.entityId, personId, role: one.role, grantedBy: null },
        scope: { kind: one.scopeKind, id: one.scopeId },
      });
      return { ...line, facts: { ...line.facts, digest } };
    }),
  );
  await endTasks(
    tx,
    env,
    { kind: positionTask, subjectKey: positions.map((one) => one.grantId) },
    { state: "done", actorId: byItself ? null : personId },
  );
}
