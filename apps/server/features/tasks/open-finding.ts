import type { ControlId } from "@chancery/domain";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { type LedgerFacts, recordEvent } from "../ledger/record-event.ts";

export interface FindingToOpen {
  control: ControlId;
  /** A key of the domain's messages under `finding.`: what was found, as a question put to people. */
  source: string;
  subjectKey: string;
  entityId?: string | null;
  unitId?: string | null;
  sealId?: string | null;
  bodyId?: string | null;
  personId?: string | null;
  facts?: LedgerFacts;
  dueAt?: number | null;
  actorId: string | null;
}

/** Opens a finding; answers null where the same one is open already. */
export async function openFinding(
  tx: Tx,
  env: Environment,
  finding: FindingToOpen,
): Promise<{ findingId: string } | null> {
  const now = env.clock.now();
  const findingId = newId("fnd", now);
  const made = await tx
    .insertInto("findings")
    .values({
      finding_id: findingId,
      control: finding.control,
      source: finding.source,
      state: "open",
      entity_id: finding.entityId ?? null,
      unit_id: finding.unitId ?? null,
      seal_id: finding.sealId ?? null,
      body_id: finding.bodyId ?? null,
      person_id: finding.personId ?? null,
      subject_key: finding.subjectKey,
      facts: JSON.stringify(finding.facts ?? {}),
      opened_at: new Date(now),
      due_at: finding.dueAt ? new Date(finding.dueAt) : null,
    })
    .onConflict((conflict) =>
      conflict.columns(["source", "subject_key"]).where("state", "=", sql.lit("open")).doNothing(),
    )
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return null;
  await recordEvent(tx, env, {
    type: "FindingOpened",
    actorId: finding.actorId,
    sealId: finding.sealId ?? null,
    personId: finding.personId ?? null,
    facts: { finding: findingId, control: finding.control, source: finding.source },
  });
  return { findingId };
}
