import { type AlarmPlace, peopleOf } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readBoxes } from "../controllers/read-box.ts";
import { readLocks } from "../custody/locks.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { readGrantsInForce, readUnits } from "../organisation/read-grants.ts";

/** Seals that sit in a box now, as its journal tells. */
export async function readSealsInBox(reader: Reader, controllerId: string) {
  const [box] = await readBoxes(reader, [controllerId]);
  return reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["s.seal_id", "s.important"])
    .distinct()
    .where("b.body_id", "in", ["", ...(box?.mounted ?? []).map(({ bodyId }) => bodyId)])
    .execute();
}

/** Whom the alarms of a box with these seals concern. `keepers` kept one when the alarm was raised, and still count. */
export async function readAlarmPlace(
  reader: Reader,
  now: number,
  box: {
    readonly controllerId: string;
    readonly sealIds: readonly string[];
    readonly keepers: readonly string[];
  },
): Promise<AlarmPlace> {
  const { entity_id: entityId, container_id: containerId } = await reader
    .selectFrom("controllers")
    .select(["entity_id", "container_id"])
    .where("controller_id", "=", box.controllerId)
    .executeTakeFirstOrThrow();
  const bodies = await reader
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("seal_id", "in", ["", ...box.sealIds])
    .where("kind", "=", "physical")
    .execute();
  const held = await readHeldNow(
    reader,
    bodies.map((row) => row.body_id),
  );
  // An empty box is kept by whoever holds its locks.
  const locks = box.sealIds.length === 0 && containerId !== null ? await readLocks(reader, [containerId]) : [];
  const custodians = [
    ...new Set([
      ...bodies.flatMap((row) => custodiansOf(held(row.body_id))),
      ...locks.flatMap(({ holderId }) => holderId ?? []),
      ...box.keepers,
    ]),
  ];
  const people = await reader
    .selectFrom("people")
    .select("unit_id")
    .distinct()
    .where("person_id", "in", ["", ...custodians])
    .where("unit_id", "is not", null)
    .execute();
  return {
    ...{ entityId, custodians, sealIds: box.sealIds },
    holders: [
      ...new Set(
        bodies.flatMap((row) => {
          const { place } = held(row.body_id);
          return place === null ? [] : peopleOf(place.to);
        }),
      ),
    ],
    unitIds: people.flatMap((row) => row.unit_id ?? []),
    grants: await readGrantsInForce(reader, now, { entityId }),
    units: await readUnits(reader, entityId),
  };
}
