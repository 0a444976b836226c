import assert from "node:assert/strict";
import { test } from "node:test";
import { PHOTO_VERDICTS, type PhotoVerdict } from "@chancery/domain";
import { hexOf } from "../../platform/hex-of.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { readHandImpressions } from "./open-stamping.ts";
import { readStampingView } from "./read-model.ts";
import { endStamping } from "./report.ts";
import { lookInTest, reportInTest } from "./test-stamping.ts";
import { placeForTests, type StampingPlace } from "./test-stamping-place.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

/** What the machine would have found of a photo, written as the job writes it. */
async function writeReading(impressionId: string, verdict: PhotoVerdict): Promise<void> {
  const { env } = place;
  const { evidence_id: evidenceId } = await env.db
    .selectFrom("impressions")
    .select("evidence_id")
    .where("impression_id", "=", impressionId)
    .executeTakeFirstOrThrow();
  assert.ok(PHOTO_VERDICTS.includes(verdict));
  await env.db
    .insertInto("photo_readings")
    .values({
      ...{ impression_id: impressionId, evidence_id: evidenceId ?? "", read_at: new Date(env.clock.now()), verdict },
      facts: JSON.stringify({
        places: [],
        code: null,
        confidence: 1,
        basis: "code",
        impression: "found",
        lettersSure: true,
      }),
    })
    .execute();
}

test("C09 C17: of a long stamping each photo that differs and a drawn share are opened, and the seed was held to when it began", async () => {
  const { env, crew } = place;
  const { custodian, supervisor } = crew.people;
  const copies = 30;
  const requestId = await place.begin("contract", { copies });
  for (let nth = 1; nth <= copies; nth += 1) await reportInTest(env, custodian, requestId, nth);
  await place.putBack(place.contractPiece);
  const impressions = await readHandImpressions(env.db, requestId);
  for (const [at, { impressionId }] of impressions.entries())
    if (at !== 11) await writeReading(impressionId, at === 4 ? "unclear" : "same");
  const { photosToOpen } = await readStampingView(env, supervisor, requestId);
  const [fifth, twelfth] = [impressions[4]?.impressionId ?? "", impressions[11]?.impressionId ?? ""];
  assert.equal(photosToOpen.length, 2 + 6, "what cannot be judged, what was not compared, and the root of 28");
  assert.ok(photosToOpen.includes(fifth) && photosToOpen.includes(twelfth));
  const answer = [{ impressionId: fifth, reason: "Held beside the page: the same" }];
  const look = (opened: readonly string[]) => lookInTest(env, supervisor, requestId, [], answer, opened);
  assert.deepEqual(await codesOf(look([])), ["stamping.photos-unopened"]);
  assert.deepEqual(await codesOf(look(photosToOpen.slice(1))), ["stamping.photos-unopened"]);
  await look(photosToOpen);
  assert.equal(await place.stateOf(requestId), "registered");
  const events = await env.db.selectFrom("events").selectAll().where("request_id", "=", requestId).execute();
  const factsOf = (type: string): Record<string, unknown> =>
    (events.find((event) => event.type === type)?.facts ?? {}) as Record<string, unknown>;
  const { seed, opened } = factsOf("StampingReviewed");
  assert.equal(factsOf("StampingOpened").draw, hexOf(String(seed)));
  assert.equal(opened, photosToOpen.join(" "));
});

test("C09: while a stamping goes on nobody is told what will be drawn, and the seed stays what it is", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 22 });
  for (let nth = 1; nth <= 21; nth += 1) await reportInTest(env, custodian, requestId, nth);
  assert.deepEqual((await readStampingView(env, custodian, requestId)).photosToOpen, []);
  await assert.rejects(
    env.db
      .updateTable("stampings")
      .set({ draw_seed: "mine" } as never)
      .where("request_id", "=", requestId)
      .execute(),
  );
  await endStamping(env, custodian, requestId, "");
  assert.equal((await readStampingView(env, custodian, requestId)).photosToOpen.length, 21, "none was compared");
});
