import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment } from "../../platform/test-environment.ts";
import { walkToReserved } from "../../platform/test-walk.ts";

test("no body of the ledger tells who a person is, or what people wrote, after a whole seal use", async () => {
  const on = await createTestEnvironment();
  try {
    const { db } = on.env;
    const crew = await createTestCrew(on.env);
    const sealId = await crew.registerSeal("contract", "LX-02");
    const requestId = await walkToReserved(on.env, crew, sealId);
    await on.ledger.drain();
    const bodies = (await db.selectFrom("ledger_entries").select("body").execute()).map((row) => row.body.toString());
    const types = new Set(bodies.map((body) => (JSON.parse(body) as { type: string }).type));
    for (const type of [
      "GrantGiven",
      "SealRegistered",
      "SealUseRequestSubmitted",
      "SealUseStepApproved",
      "SealUseReleased",
    ])
      assert.ok(types.has(type), `${type} is missing among ${[...types].join()}`);
    const people = await db.selectFrom("people").select(["name_en", "name_zh"]).execute();
    const request = await db
      .selectFrom("seal_use_requests")
      .select(["title", "counterparty", "purpose", "amount"])
      .where("request_id", "=", requestId)
      .executeTakeFirstOrThrow();
    const documents = await db.selectFrom("documents").select("name").execute();
    const words = [
      ...people.flatMap((row) => [row.name_en, row.name_zh]),
      ...Object.values(request).filter((value) => value !== null),
      ...documents.map((row) => row.name),
    ];
    assert.ok(words.length > 20);
    for (const body of bodies) {
      for (const word of words) assert.ok(!body.includes(word), `${word} occurs in ${body}`);
      assert.doesNotMatch(body, /\bper_[0-9a-f]/, "a person's id points at the person without the salt");
    }
    assert.deepEqual((await on.ledger.check()).findings, []);
  } finally {
    await on.close();
  }
});
