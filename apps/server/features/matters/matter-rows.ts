import {
  decideMatter,
  type MatterCommand,
  type MatterKind,
  type MatterState,
  matterDefinition,
} from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { describeIssue } from "../../platform/input-words.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import type { PresenceMethod } from "../identity/step-up.ts";
import { type EventToRecord, recordEvent } from "../ledger/record-event.ts";
import { matterHandlers } from "./handlers.ts";
import type { MatterOf } from "./matter-handler.ts";
import { getMatter, type MatterRow } from "./store.ts";

export interface MatterInput {
  entityId: string;
  unitId: string | null;
  sealId: string | null;
  bodyId: string | null;
  personId: string | null;
  title: string;
  reason: string;
  data: Record<string, unknown>;
  effectiveOn: string | null;
}
/** A checked proof of presence (verifyPresence), still to be consumed. */
export type CheckedPresence = { stepUpId: string; method: PresenceMethod } | null;

/** Reads a matter's data by its kind's schema; data that do not fit name the fields. */
export function parseMatter(row: MatterRow): MatterOf<unknown> {
  const parsed = matterHandlers[row.kind].data.safeParse(row.data, { reportInput: true });
  if (!parsed.success)
    throw problems.inputInvalid(
      parsed.error.issues.slice(0, 20).map((issue) => describeIssue(issue, `data.${issue.path.join(".")}`)),
    );
  return { row, data: parsed.data };
}

export const submittedSlots = (kind: MatterKind): string[] =>
  matterDefinition(kind)
    .evidence.filter((slot) => slot.needed === "to-submit")
    .map((slot) => slot.slot);

export async function getOwnMatter(tx: Tx, actorId: string, matterId: string): Promise<MatterRow> {
  const row = await getMatter(tx, matterId, true);
  if (row.asked_by !== actorId) throw problems.notFound();
  return row;
}

export function moveMatter(row: MatterRow, command: MatterCommand): MatterState {
  const decided = decideMatter(row.state, command);
  if (!decided.ok) throw refusedBy(decided.refusals);
  return decided.events[0]?.to ?? row.state;
}

export async function setMatterState(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  command: MatterCommand,
  more: { approved_at?: Date; ended_at?: Date; carried_out_by?: string | null } = {},
): Promise<void> {
  await tx
    .updateTable("matters")
    .set((eb) => ({
      ...more,
      state: moveMatter(row, command),
      updated_at: new Date(env.clock.now()),
      version: eb("version", "+", 1),
    }))
    .where("matter_id", "=", row.matter_id)
    .execute();
}

export function recordMatterEvent(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  type: EventToRecord["type"],
  actorId: string | null,
  facts: EventToRecord["facts"],
  comment: string | null = null,
): Promise<{ eventId: string }> {
  return recordEvent(tx, env, {
    type,
    actorId,
    matterId: row.matter_id,
    sealId: row.seal_id,
    personId: row.person_id,
    facts: { kind: row.kind, ...facts },
    comment,
  });
}
