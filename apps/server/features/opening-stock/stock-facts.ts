import { type Profile, SEAL_TYPES, type SealType, type StockFacts } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readLocks } from "../custody/locks.ts";
import { dayIn, readGrants, readSealsForSeparation } from "../organisation/read-grants.ts";
import { readSealTypes } from "../seals/seal-types.ts";

export interface PictureOfImport {
  readonly evidenceId: string;
  readonly name: string;
  readonly digest: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Everything that is there already and that a line of a sheet is judged by, as it stands now. */
export async function readStockFacts(
  reader: Reader,
  env: Environment,
  wanted: { entityId: string; actorId: string; pictures: readonly PictureOfImport[] },
): Promise<StockFacts> {
  const entity = await reader
    .selectFrom("entities")
    .selectAll()
    .where("entity_id", "=", wanted.entityId)
    .executeTakeFirst();
  if (!entity) throw problems.notFound();
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const units = await reader
    .selectFrom("units")
    .select(["unit_id", "code", "name_en", "name_zh", "closed_at"])
    .where("entity_id", "=", wanted.entityId)
    .execute();
  const people = await reader
    .selectFrom("people")
    .select(["person_id", "login", "name_en", "name_zh", "state"])
    .execute();
  const numbers = new Map(
    (await reader.selectFrom("seals").select(["seal_id", "number"]).execute()).map((row) => [row.seal_id, row.number]),
  );
  const types = await readSealTypes(reader, SEAL_TYPES);
  const containers = await reader
    .selectFrom("containers")
    .selectAll()
    .where("entity_id", "=", wanted.entityId)
    .where("closed_at", "is", null)
    .execute();
  const locks = await readLocks(
    reader,
    containers.map((row) => row.container_id),
  );
  const important = Object.fromEntries(types.map((type) => [type.type, type.important])) as Record<SealType, boolean>;
  const kindRules = Object.fromEntries(
    types.map(({ type, leastContainer, dualControl }) => [type, { leastContainer, dualControl }]),
  ) as StockFacts["kindRules"];
  return {
    entity: { entityId: entity.entity_id, code: entity.code, name: { en: entity.name_en, zh: entity.name_zh } },
    today: dayIn(entity.time_zone, env.clock.now()),
    profile: profile as Profile,
    actorId: wanted.actorId,
    units: units.map((row) => ({
      ...{ unitId: row.unit_id, code: row.code, closed: row.closed_at !== null },
      name: { en: row.name_en, zh: row.name_zh },
    })),
    people: people.map((row) => ({
      ...{ personId: row.person_id, login: row.login, departed: ["departed", "locked"].includes(row.state) },
      name: { en: row.name_en, zh: row.name_zh },
    })),
    grants: await readGrants(reader, { waiting: true }),
    seals: (await readSealsForSeparation(reader)).map((seal) => ({ ...seal, number: numbers.get(seal.sealId) ?? "" })),
    ...{ important, kindRules },
    containers: containers.map((row) => ({
      ...{ containerId: row.container_id, kind: row.kind, name: { en: row.name_en, zh: row.name_zh } },
      ...{ goodForImportant: row.good_for_important, insideMonitoring: row.inside_monitoring },
      lockHolders: locks.filter((lock) => lock.containerId === row.container_id).map((lock) => lock.holderId),
    })),
    pictures: wanted.pictures.map((picture) => ({
      ...{ pictureId: picture.evidenceId, name: picture.name },
      ...{ inkWidthPx: picture.widthPx, inkHeightPx: picture.heightPx },
    })),
  };
}
