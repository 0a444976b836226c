import { type BoxStanding, standingOfBox } from "@chancery/domain";
import { type JournalRecord, listCredentials } from "@chancery/seallink";
import type { Reader } from "../../platform/db.ts";
import { type JournalFacts, readJournals } from "./journal-view.ts";

/** Whether a box is enrolled: of one that is not, or not any more, nothing is taken. */
export async function isEnrolled(reader: Reader, controllerId: string): Promise<boolean> {
  const row = await reader
    .selectFrom("controllers")
    .select("controller_id")
    .where("controller_id", "=", controllerId)
    .where("state", "=", "enrolled")
    .executeTakeFirst();
  return row !== undefined;
}

/** A seal that sits in a slot of a controller, as its journal tells. */
export interface MountedPiece {
  readonly slot: number;
  readonly bodyId: string;
  readonly tag: string;
  readonly face: number;
}

/** What a controller's row and journal tell of the box: who may stamp at it and what it holds. */
export interface Box {
  readonly controllerId: string;
  readonly entityId: string;
  readonly serial: string;
  readonly enrolled: boolean;
  readonly containerId: string | null;
  readonly epoch: number;
  readonly counters: readonly number[];
  readonly quarantined: boolean;
  readonly online: boolean;
  readonly condition: JournalFacts["box"];
  readonly mounted: readonly MountedPiece[];
  /** Whom it knows, by their handles. */
  readonly credentials: ReadonlyMap<string, string>;
}

const kinds = ["seal.mount", "seal.unmount", "cred.add", "cred.del"];

/** What a stored record says; its signature was verified when it came. */
export const recordOf = (text: string): JournalRecord =>
  JSON.parse(Buffer.from(text.split(".")[1] ?? "", "base64url").toString()) as JournalRecord;

/** The handles of a person on a box, in their order. */
export const handlesOf = (box: Box, personId: string): string[] =>
  [...box.credentials].flatMap(([handle, u]) => (u === personId ? [handle] : []));

/** Reads boxes from their journals; of others than these nothing. */
export async function readBoxes(reader: Reader, controllerIds: readonly string[]): Promise<Box[]> {
  if (controllerIds.length === 0) return [];
  const rows = await reader
    .selectFrom("controllers as c")
    .select(["c.controller_id", "c.entity_id", "c.serial", "c.state", "c.container_id"])
    .where("c.controller_id", "in", controllerIds)
    .execute();
  const journals = await readJournals(reader, controllerIds);
  const stored = await reader
    .selectFrom("controller_records")
    .select(["controller_id", "record"])
    .where("controller_id", "in", controllerIds)
    .where("type", "in", kinds)
    .orderBy("epoch")
    .orderBy("seq")
    .execute();
  const orders = await reader
    .selectFrom("controller_signatures")
    .select("jti")
    .where("controller_id", "in", controllerIds)
    .where("kind", "=", "order")
    .execute();
  const ordered = new Set(["enrol", ...orders.map(({ jti }) => jti)]);
  return rows.flatMap((row): Box[] => {
    const journal = journals.get(row.controller_id);
    if (!journal) return [];
    const records = stored
      .filter((one) => one.controller_id === row.controller_id)
      .map((one) => recordOf(one.record))
      // What nobody ordered changed nothing: a box that says so is no proof that a seal is in it, or whose a finger is.
      .filter((record) => "ord" in record && record.ord !== undefined && ordered.has(record.ord));
    return [
      {
        ...{ controllerId: row.controller_id, entityId: row.entity_id, serial: row.serial },
        ...{ enrolled: row.state === "enrolled", containerId: row.container_id, epoch: journal.view.epoch },
        ...{ counters: journal.view.counters, quarantined: journal.view.quarantined !== null },
        ...{ online: journal.view.online, condition: journal.box, mounted: listMounted(records) },
        credentials: listCredentials(records),
      },
    ];
  });
}

/** How boxes stand for who waits at them; one whose journal never began is not connected. */
export async function readStandings(
  reader: Reader,
  controllerIds: readonly string[],
): Promise<ReadonlyMap<string, BoxStanding>> {
  const journals = await readJournals(reader, controllerIds);
  const rows = await reader
    .selectFrom("controllers")
    .select(["controller_id", "state"])
    .where("controller_id", "in", ["", ...controllerIds])
    .execute();
  return new Map(
    rows.map(({ controller_id: id, state }) => {
      const view = journals.get(id)?.view;
      const quarantined = (view?.quarantined ?? null) !== null;
      return [id, standingOfBox({ state, quarantined, online: view?.online ?? false })];
    }),
  );
}

function listMounted(records: readonly JournalRecord[]): MountedPiece[] {
  const slots = new Map<number, MountedPiece>();
  for (const record of records) {
    if (record.ty === "seal.mount")
      slots.set(record.slot, { slot: record.slot, bodyId: record.seal, tag: record.tag, face: record.face });
    if (record.ty === "seal.unmount") slots.delete(record.slot);
  }
  return [...slots.values()];
}

/** The box that a piece sits in, with its slot; null where no journal tells of one. */
export async function findBoxOf(
  reader: Reader,
  entityId: string,
  bodyId: string,
): Promise<{ readonly box: Box; readonly mounted: MountedPiece } | null> {
  // Only boxes that it was ever ordered into can hold it.
  const rows = await reader
    .selectFrom("controllers as c")
    .innerJoin("controller_signatures as s", "s.controller_id", "c.controller_id")
    .select("c.controller_id")
    .distinct()
    .where("c.entity_id", "=", entityId)
    .where("c.state", "=", "enrolled")
    .where("s.kind", "=", "order")
    .where("s.body_id", "=", bodyId)
    .execute();
  for (const box of await readBoxes(
    reader,
    rows.map((row) => row.controller_id),
  )) {
    const mounted = box.mounted.find((one) => one.bodyId === bodyId);
    if (mounted) return { box, mounted };
  }
  return null;
}
