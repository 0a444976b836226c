import { beginMatter, submitMatter } from "../apps/server/features/matters/ask-matter.ts";
import { approveMatterInTest } from "../apps/server/features/matters/test-matters.ts";
import { addUnit } from "../apps/server/features/organisation/people-service.ts";
import { makeSealInTest } from "../apps/server/features/seals/test-seals.ts";
import { createTestCrew } from "../apps/server/platform/test-crew.ts";
import { withDatabase } from "./database.ts";
import { makeEnvironment } from "./environment.ts";
import type { BenchLine } from "./line.ts";

/** What the product promises: so many seals, each with a key and a piece, in so many milliseconds. */
const seals = Number(process.env.CLOSED_SEALS ?? 200);
const limit = 2000;

/** Closing a unit with its seals, from the signatory's last approval to the commit, on the embedded server. */
export function benchCloseUnit(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder) => {
    const env = await makeEnvironment(connections, folder);
    try {
      const crew = await createTestCrew(env);
      const { people, entityId } = crew;
      const { unitId } = await addUnit(env, people.administrator, {
        ...{ entityId, parentUnitId: crew.unitId, name: { en: "Branch", zh: "分部" } },
      });
      for (let at = 0; at < seals; at += 1) {
        const { sealId } = await makeSealInTest(env, {
          ...{ actorId: people.sealAdministrator, type: "personnel", entityId, unitId, number: `B-${at}` },
          ...{ name: { en: "Branch seal", zh: "分部章" }, external: true, keyAlgorithm: "ecdsa-p256" as const },
          face: {
            kind: "generated",
            spec: { shape: "circle", widthMm: 40, heightMm: 40, arcText: "澜汐仪器有限公司", centre: "star" },
          },
          ...{ custodians: [people.custodian, people.secondCustodian], supervisor: people.supervisor },
          ...{ certificateKeeper: people.keeper, pieces: 1 },
        });
        // The piece is put in use as it would be after its steps, so that it is stopped and collected like the key.
        await env.db.updateTable("seal_bodies").set({ state: "in-use" }).where("seal_id", "=", sealId).execute();
        await env.db.updateTable("seals").set({ state: "in-use" }).where("seal_id", "=", sealId).execute();
      }
      const { matterId } = await beginMatter(env, people.administrator, "close-unit", {
        ...{ entityId, unitId, sealId: null, bodyId: null, personId: null, title: "Closing", reason: "A bench" },
        ...{ data: { peopleTo: null }, effectiveOn: null },
      });
      await submitMatter(env, people.administrator, matterId);
      const begun = performance.now();
      const state = await approveMatterInTest(env, matterId, people.signatory);
      const took = performance.now() - begun;
      const { stopped } = await env.db
        .selectFrom("seals")
        .select((eb) => eb.fn.countAll<string>().as("stopped"))
        .where("unit_id", "=", unitId)
        .where("state", "=", "stopped")
        .executeTakeFirstOrThrow();
      if (state !== "done" || Number(stopped) !== seals)
        throw new Error(`the unit is ${state}, ${stopped} seals stopped`);
      return [
        {
          name: `closing a unit with ${seals} seals, a key and a piece each`,
          ...{ value: took, unit: "ms", ratio: took / limit, against: `${limit} ms` },
        },
      ];
    } finally {
      await env.db.destroy();
    }
  });
}
