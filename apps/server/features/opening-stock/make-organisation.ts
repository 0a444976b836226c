import { randomBytes } from "node:crypto";
import { planOf, type StockItem, type StockRef } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { type EventToRecord, recordEvents } from "../ledger/record-event.ts";
import type { MatterOf } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import type { ExaminedStock } from "./examine-stock.ts";
import { giveGrantsOfStock } from "./give-grants.ts";

type ItemOf<K extends StockItem["kind"]> = Extract<StockItem, { kind: K }>;
export const itemsOf = <K extends StockItem["kind"]>(items: readonly StockItem[], kind: K): ItemOf<K>[] =>
  items.filter((item): item is ItemOf<K> => item.kind === kind);

/** How many rows go to the database at once. */
const atOnce = 500;
export function* inParts<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += atOnce) yield rows.slice(at, at + atOnce);
}

/** The ids that lines come to have, given before anything is written so that they may refer to one another. */
class Ids {
  readonly #made = new Map<string, string>();
  give(key: string, id: string): string {
    this.#made.set(key, id);
    return id;
  }
  of(ref: StockRef): string {
    const id = "known" in ref ? ref.known : this.#made.get(ref.line);
    if (id === undefined) throw new Error("a line of a sheet rests on one that makes nothing");
    return id;
  }
}

/** Units, people with their roles, and containers, all of them in the caller's transaction. */
export async function makeOrganisation(
  tx: Tx,
  env: Environment,
  { row }: MatterOf<unknown>,
  stock: ExaminedStock,
  actorId: string | null,
): Promise<void> {
  const items = planOf(stock.verdicts, "batch-import");
  const now = env.clock.now();
  const ids = new Ids();
  for (const unit of itemsOf(items, "unit")) ids.give(unit.key, newId("unit", now));
  for (const person of itemsOf(items, "person")) ids.give(person.key, newId("per", now));
  await makeUnits(tx, env, row, itemsOf(items, "unit"), ids);
  await makePeople(tx, env, row, items, ids, actorId);
  await giveGrantsOfStock(
    tx,
    env,
    row,
    itemsOf(items, "grant").map((grant) => ({
      ...{ personId: ids.of(grant.person), role: grant.role, from: grant.from, to: grant.to, purpose: grant.purpose },
      scope:
        grant.scope.kind === "entity"
          ? { kind: "entity", id: row.entity_id }
          : { kind: grant.scope.kind, id: ids.of(grant.scope.of) },
    })),
  );
  await makeContainers(tx, env, row, itemsOf(items, "container"), ids);
}

/** Units above come before those below: the tables look up the tree while it grows. */
function fromAbove(units: readonly ItemOf<"unit">[]): ItemOf<"unit">[] {
  const keys = new Set(units.map((unit) => unit.key));
  const done = new Set<string>();
  const ordered: ItemOf<"unit">[] = [];
  let left = [...units];
  while (left.length > 0) {
    const next = left.filter(
      ({ parent }) => parent === null || "known" in parent || done.has(parent.line) || !keys.has(parent.line),
    );
    if (next.length === 0) throw new Error("units of a sheet were checked and stand in a ring");
    for (const unit of next) done.add(unit.key);
    ordered.push(...next);
    left = left.filter((unit) => !done.has(unit.key));
  }
  return ordered;
}

async function makeUnits(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  units: readonly ItemOf<"unit">[],
  ids: Ids,
): Promise<void> {
  const now = new Date(env.clock.now());
  const ordered = fromAbove(units);
  for (const part of inParts(ordered))
    await tx
      .insertInto("units")
      .values(
        part.map((unit) => ({
          ...{ unit_id: ids.of({ line: unit.key }), entity_id: row.entity_id, code: unit.code, created_at: now },
          ...{ parent_unit_id: unit.parent ? ids.of(unit.parent) : null, name_en: unit.name.en, name_zh: unit.name.zh },
        })),
      )
      .execute();
  await recordEvents(
    tx,
    env,
    ordered.map((unit) => ({
      ...{ type: "UnitAdded" as const, actorId: row.asked_by, matterId: row.matter_id },
      facts: { unitId: ids.of({ line: unit.key }), entityId: row.entity_id },
    })),
  );
}

/**
 * New people, asked for by one and confirmed by another: whoever decided the matter. Their invitations are made when the
 * asker fetches them, for a link is shown to one person and once.
 */
async function makePeople(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  items: readonly StockItem[],
  ids: Ids,
  actorId: string | null,
): Promise<void> {
  const people = itemsOf(items, "person");
  const rolesOf = Map.groupBy(itemsOf(items, "grant"), (grant) => ids.of(grant.person));
  const { organisation_id } = await tx.selectFrom("installation").select("organisation_id").executeTakeFirstOrThrow();
  const now = new Date(env.clock.now());
  for (const part of inParts(people)) {
    await tx
      .insertInto("people")
      .values(
        part.map((person) => ({
          ...{
            person_id: ids.of({ line: person.key }),
            organisation_id: organisation_id ?? "",
            entity_id: row.entity_id,
          },
          ...{ unit_id: person.unit ? ids.of(person.unit) : null, name_en: person.name.en, name_zh: person.name.zh },
          ...{ login: person.login, guest: false, state: "invited", asked_by: row.asked_by, password_hash: null },
          ...{ ledger_salt: randomBytes(16), created_at: now },
        })),
      )
      .execute();
    await tx
      .insertInto("imported_people")
      .values(part.map((person) => ({ person_id: ids.of({ line: person.key }), matter_id: row.matter_id })))
      .execute();
  }
  await recordEvents(
    tx,
    env,
    people.flatMap((person): EventToRecord[] => {
      const personId = ids.of({ line: person.key });
      const roles = (rolesOf.get(personId) ?? []).map((grant) => grant.role).join(" ");
      const about = { personId, matterId: row.matter_id };
      return [
        { type: "PersonAsked", actorId: row.asked_by, ...about, facts: { guest: false, roles } },
        { type: "PersonConfirmed", actorId, ...about, facts: {} },
      ];
    }),
  );
}

async function makeContainers(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  wanted: readonly ItemOf<"container">[],
  ids: Ids,
): Promise<void> {
  const now = env.clock.now();
  const made = wanted.map((item) => ({
    item,
    containerId: newId("con", now),
    locks: item.locks.map((lock) => ({ ...lock, lockId: newId("lock", now) })),
  }));
  const at = new Date(now);
  for (const part of inParts(made))
    await tx
      .insertInto("containers")
      .values(
        part.map(({ item, containerId }) => ({
          ...{
            container_id: containerId,
            entity_id: row.entity_id,
            kind: item.of,
            address: item.address,
            camera: item.camera,
          },
          ...{ name_en: item.name.en, name_zh: item.name.zh, inside_monitoring: item.insideMonitoring },
          ...{ good_for_important: item.goodForImportant, created_at: at },
        })),
      )
      .execute();
  const locks = made.flatMap(({ containerId, locks: own }) => own.map((lock) => ({ ...lock, containerId })));
  for (const part of inParts(locks))
    await tx
      .insertInto("container_locks")
      .values(
        part.map((lock) => ({
          ...{
            lock_id: lock.lockId,
            container_id: lock.containerId,
            kind: lock.kind,
            label: lock.label,
            created_at: at,
          },
        })),
      )
      .execute();
  const held = locks.flatMap((lock) => (lock.holder ? [{ ...lock, holderId: ids.of(lock.holder) }] : []));
  for (const part of inParts(held))
    await tx
      .insertInto("lock_holdings")
      .values(
        part.map((lock) => ({
          ...{
            holding_id: newId("hold", now),
            lock_id: lock.lockId,
            person_id: lock.holderId,
            from_at: at,
            to_at: null,
          },
          ...{ matter_id: row.matter_id, given_by: row.asked_by },
        })),
      )
      .execute();
  await recordEvents(tx, env, [
    ...made.map(
      ({ item, containerId }): EventToRecord => ({
        ...{ type: "ContainerAdded", actorId: row.asked_by, matterId: row.matter_id },
        facts: { container: containerId, entity: row.entity_id, kind: item.of, locks: item.locks.length },
      }),
    ),
    ...held.map(
      (lock): EventToRecord => ({
        ...{ type: "LockHolderChanged", actorId: row.asked_by, personId: lock.holderId, matterId: row.matter_id },
        facts: { container: lock.containerId, lock: lock.lockId, held: true },
      }),
    ),
  ]);
}
