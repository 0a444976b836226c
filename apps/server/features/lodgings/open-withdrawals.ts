import { addPeriod, hasToComeBack, nameLodging, type SealOnCard, type SealState } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasks, openTasks } from "../tasks/open-task.ts";

/** The key of the one task that a card may have open. */
export const withdrawalKind = "withdraw-specimen";

/** What is asked of seals on a card, as they are now. */
export async function readSealsOnCards(
  reader: Reader,
  sealIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, SealOnCard>> {
  if (sealIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom("seals as s")
    .innerJoin("entities as e", "e.entity_id", "s.entity_id")
    .select(["s.seal_id", "s.number", "s.name_en", "s.name_zh", "s.entity_id", "s.state"])
    .select(
      sql<boolean>`exists (select from seals r where r.replaces_seal_id = s.seal_id and r.state in ('in-use', 'in-handover', 'taken-out', 'frozen'))`.as(
        "replaced",
      ),
    )
    .select(
      sql<boolean>`exists (select from certificates c where c.seal_id = s.seal_id and c.revoked_at is not null and c.revocation_reason <> 'cessationOfOperation')
        and not exists (select from certificates c where c.seal_id = s.seal_id and c.revoked_at is null and c.not_after > ${new Date(now)})`.as(
        "revoked",
      ),
    )
    .select(
      sql<string | null>`(select to_char(max(ev.at) at time zone e.time_zone, 'YYYY-MM-DD') from events ev
        join seal_bodies b on b.body_id = ev.facts ->> 'body' and b.state in ('lost', 'void')
        where ev.seal_id = s.seal_id and ev.type = 'SealStateChanged' and ev.facts ->> 'to' = 'lost')`.as("lost_on"),
    )
    .where("s.seal_id", "in", [...new Set(sealIds)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.seal_id,
      {
        ...{
          name: { en: row.name_en, zh: row.name_zh },
          number: row.number,
          entityId: row.entity_id,
          state: row.state as SealState,
        },
        ...{ lostOn: row.lost_on, replaced: row.replaced, revoked: row.revoked },
      },
    ]),
  );
}

/** The cards of these seals that still lie outside, each with all of its seals. */
async function readCardsOf(tx: Tx, sealIds: readonly string[]) {
  if (sealIds.length === 0) return [];
  return tx
    .selectFrom("specimens_lodged as l")
    .innerJoin("specimens_lodged_seals as ls", "ls.lodging_id", "l.lodging_id")
    .select(["l.lodging_id", "l.entity_id", "l.place_name", "l.branch", "l.lodged_on", "ls.seal_id"])
    .where("l.withdrawn_on", "is", null)
    .where("l.lodging_id", "in", (eb) =>
      eb
        .selectFrom("specimens_lodged_seals")
        .select("lodging_id")
        .where("seal_id", "in", [...new Set(sealIds)]),
    )
    .orderBy("l.lodging_id")
    .orderBy("ls.seal_id")
    .execute();
}

/**
 * After the life of seals whose rows are held went on: each card outside that shows one which no longer holds has a task
 * with its clock, and a task that is no longer needed (found again, back in use) goes (C10).
 */
export async function followLodgings(
  tx: Tx,
  env: Environment,
  sealIds: readonly string[],
  by: { readonly actorId: string | null; readonly matterId?: string | null },
): Promise<void> {
  const cards = Map.groupBy(await readCardsOf(tx, sealIds), (row) => row.lodging_id);
  if (cards.size === 0) return;
  const now = env.clock.now();
  const seals = await readSealsOnCards(
    tx,
    [...cards.values()].flatMap((rows) => rows.map((row) => row.seal_id)),
    now,
  );
  const due = new Map<string, number>();
  const lapsed = (row: { seal_id: string; lodged_on: string }): boolean => {
    const seal = seals.get(row.seal_id);
    return seal !== undefined && hasToComeBack({ lodgedOn: row.lodged_on, seals: [seal] });
  };
  const calledBack: Parameters<typeof openTasks>[2][number][] = [];
  const settled: string[] = [];
  for (const [lodgingId, rows] of cards) {
    const cause = rows.find(lapsed);
    if (!cause) {
      settled.push(lodgingId);
      continue;
    }
    const { entity_id: entityId } = cause;
    const dueAt = due.get(entityId) ?? (await withdrawalDueAt(tx, env, entityId));
    due.set(entityId, dueAt);
    calledBack.push({
      ...{ kind: withdrawalKind, subjectKey: lodgingId, entityId, sealId: cause.seal_id, dueAt },
      ...{ matterId: by.matterId ?? null, assigneeRole: "seal-administrator", actorId: null },
      facts: { place: nameLodging({ placeName: cause.place_name, branch: cause.branch }) },
    });
  }
  await openTasks(tx, env, calledBack);
  await endTasks(tx, env, { kind: withdrawalKind, subjectKey: settled }, { state: "cancelled", actorId: by.actorId });
}

async function withdrawalDueAt(tx: Tx, env: Environment, entityId: string): Promise<number> {
  const now = env.clock.now();
  const { withdrawSpecimenWithin: count } = await readSettings(tx, now);
  return addPeriod(now, { unit: "working-days", count }, await readPlaceInTime(tx, entityId));
}
