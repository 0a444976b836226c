import { type Refusal, refuse } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readHeldNow } from "../custody/postings.ts";

/** A controller of a maker's cloud that a piece lies in, as the custody book tells: its cloud tells nothing of pieces. */
export interface VendorBox {
  readonly controllerId: string;
  readonly cloudId: string;
  readonly deviceNo: string;
  readonly serial: string;
  readonly cloudInUse: boolean;
  /** Pieces in the same container: with more than one nobody could say which was pressed. */
  readonly pieces: number;
}

/** The enrolled controller of a cloud that a piece lies in; null where it lies in none. */
export async function findVendorBox(reader: Reader, entityId: string, bodyId: string): Promise<VendorBox | null> {
  const place = (await readHeldNow(reader, [bodyId]))(bodyId).place?.to ?? "";
  if (!place.startsWith("container:")) return null;
  const row = await reader
    .selectFrom("controllers as c")
    .innerJoin("vendor_controllers as v", "v.controller_id", "c.controller_id")
    .innerJoin("vendor_clouds as l", "l.cloud_id", "v.cloud_id")
    .select(["c.controller_id", "c.serial", "v.cloud_id", "v.device_no", "l.state"])
    .where("c.container_id", "=", place.slice("container:".length))
    .where("c.entity_id", "=", entityId)
    .where("c.state", "=", "enrolled")
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...{ controllerId: row.controller_id, cloudId: row.cloud_id, deviceNo: row.device_no, serial: row.serial },
    ...{ cloudInUse: row.state === "in-use", pieces: await countPieces(reader, place) },
  };
}

/** Whether any of these pieces lies in a controller that a maker's cloud speaks for. */
export async function isOfAnyCloud(reader: Reader, entityId: string, bodyIds: readonly string[]): Promise<boolean> {
  for (const bodyId of bodyIds) if ((await findVendorBox(reader, entityId, bodyId)) !== null) return true;
  return false;
}

async function countPieces(reader: Reader, place: string): Promise<number> {
  const rows = await reader
    .selectFrom("custody_postings")
    .select("body_id")
    .distinct()
    .where("book", "=", "place")
    .where("to_account", "=", place)
    .execute();
  const bodyIds = rows.map((row) => row.body_id);
  const held = await readHeldNow(reader, bodyIds);
  return bodyIds.filter((bodyId) => held(bodyId).place?.to === place).length;
}

/** Why a piece cannot be pressed by its maker's controller now, whatever the gate says of the request. */
export async function listVendorRefusals(reader: Reader, box: VendorBox, stamperId: string): Promise<Refusal[]> {
  const known = await reader
    .selectFrom("vendor_people")
    .select("person_id")
    .where("cloud_id", "=", box.cloudId)
    .where("person_id", "=", stamperId)
    .executeTakeFirst();
  const found: readonly (readonly [boolean, Refusal])[] = [
    [!box.cloudInUse, refuse("vendor.not-in-use", {}, "C18")],
    [box.pieces > 1, refuse("vendor.one-piece", { count: box.pieces }, "C08")],
    [!known, refuse("vendor.stamper-unknown", {}, "C08")],
  ];
  return found.filter(([holds]) => holds).map(([, refusal]) => refusal);
}
