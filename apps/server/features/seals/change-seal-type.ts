import { listTypeRefusals, refuse, type SealType } from "@chancery/domain";
import { sql } from "kysely";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { findSealType, type SealKindFields } from "./seal-types.ts";

export interface SealTypeChange extends SealKindFields {
  /** The kind that is changed; null where an own one is added. */
  readonly kindId: string | null;
  /** The type that the kind is, or is based on. */
  readonly type: SealType;
  /** The version that is changed; 0 where one is added. */
  readonly version: number;
  readonly reason: string;
}

const columnsOf = (change: SealKindFields) => ({
  ...{ name_en: change.name.en, name_zh: change.name.zh, important: change.important, external: change.external },
  ...{ filing: change.filing, width_mm: change.widthMm, height_mm: change.heightMm, shape: change.shape },
  ...{ classes: [...change.classes], least_container: change.leastContainer, holders: change.holders },
  ...{ pressers: change.pressers, dual_control: change.dualControl },
});

const factsOf = (kindId: string, version: number, change: SealKindFields & { readonly type: string }) => ({
  ...{ kind: kindId, type: change.type, version, important: change.important, external: change.external },
  ...{ filing: change.filing, shape: change.shape, widthMm: change.widthMm, heightMm: change.heightMm },
  ...{ classes: change.classes.join(" "), leastContainer: change.leastContainer, holders: change.holders },
  ...{ pressers: change.pressers, dualControl: change.dualControl },
});

/** Asks for a new kind of seal or the next version of one; one change of a kind waits at a time. */
export async function askSealTypeChange(
  env: Environment,
  actorId: string,
  change: SealTypeChange,
): Promise<{ sealTypeChangeId: string }> {
  return transact(env.db, async (tx) => {
    const now = env.clock.now();
    const kindId = change.kindId ?? newId("kind", now);
    await holdKind(tx, kindId);
    await requireVersion(tx, change, kindId);
    const refusals = listTypeRefusals(change);
    if (refusals.length > 0) throw refusedBy(refusals);
    const waiting = await tx
      .selectFrom("seal_type_changes")
      .select("seal_type_change_id")
      .where("type", "=", kindId)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    if (waiting) throw refusedBy([refuse("seal-type.change-waits", {}, "C11")]);
    const sealTypeChangeId = newId("stc", now);
    await tx
      .insertInto("seal_type_changes")
      .values({
        ...{ seal_type_change_id: sealTypeChangeId, type: kindId, base_type: change.type, version: change.version + 1 },
        ...columnsOf(change),
        ...{ reason: change.reason, state: "waiting", asked_by: actorId, asked_at: new Date(now) },
      })
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "SealTypeChangeAsked", actorId, comment: change.reason },
      facts: factsOf(kindId, change.version + 1, change),
    });
    return { sealTypeChangeId };
  });
}

/**
 * Confirms or declines a change as the second person (C11). Only then it takes force, by a new version: what is made from
 * now on is made under it, and what rules the use and keeping of seals rules the old ones too.
 */
export async function decideSealTypeChange(
  env: Environment,
  actorId: string,
  sealTypeChangeId: string,
  confirm: boolean,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("seal_type_changes")
      .selectAll()
      .where("seal_type_change_id", "=", sealTypeChangeId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw problems.notFound();
    if (row.state !== "waiting") throw problems.changedMeanwhile();
    if (row.asked_by === actorId) throw refusedBy([refuse("seal-type.second-person", {}, "C11")]);
    const now = new Date(env.clock.now());
    await tx
      .updateTable("seal_type_changes")
      .set({ state: confirm ? "confirmed" : "declined", decided_by: actorId, decided_at: now })
      .where("seal_type_change_id", "=", sealTypeChangeId)
      .execute();
    if (confirm) {
      await holdKind(tx, row.type);
      const {
        seal_type_change_id: _,
        state: __,
        asked_by,
        asked_at: ___,
        decided_by: ____,
        decided_at: _____,
        ...kind
      } = row;
      await tx
        .insertInto("seal_type_versions")
        .values({
          ...kind,
          base_type: row.type === row.base_type ? null : row.base_type,
          ...{ changed_by: asked_by, confirmed_by: actorId, changed_at: now },
        })
        .execute();
    }
    await recordEvent(tx, env, {
      type: confirm ? "SealTypeChanged" : "SealTypeChangeDeclined",
      actorId,
      facts: { kind: row.type, type: row.base_type, version: row.version },
    });
  });
}

/** Of two changes of one kind at the same moment the second one sees the first. */
async function holdKind(tx: Tx, kindId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`seal-type ${kindId}`}))`.execute(tx);
}

async function requireVersion(tx: Tx, change: SealTypeChange, kindId: string): Promise<void> {
  const now = await findSealType(tx, kindId);
  if (change.kindId === null) {
    if (change.version !== 0) throw problems.changedMeanwhile();
    return;
  }
  // A kind stays based on the type it began with.
  if (!now || now.type !== change.type) throw problems.notFound();
  if (now.version !== change.version) throw problems.changedMeanwhile();
}
