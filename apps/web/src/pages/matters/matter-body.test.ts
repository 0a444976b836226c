import assert from "node:assert/strict";
import { test } from "node:test";
import { beginBody, bodyOf, followSeal, listGaps } from "./matter-body.ts";

test("a draft can be kept once it has a title and what its kind is about", () => {
  const body = beginBody("stop", "ent_1", null);
  assert.deepEqual(listGaps(body, { concerns: ["seal"] }), ["title", "seal"]);
  assert.deepEqual(listGaps({ ...body, title: " ", sealId: "seal_1" }, { concerns: ["seal"] }), ["title"]);
  assert.deepEqual(listGaps({ ...body, title: "Stop it" }, { concerns: ["unit", "person"] }), ["unit", "person"]);
  assert.deepEqual(listGaps({ ...body, title: "Stop it", sealId: "seal_1" }, { concerns: ["seal"] }), []);
  const handover = { concerns: [], pieces: true } as const;
  const named = { ...body, title: "Leave" };
  assert.deepEqual(listGaps(named, handover), ["pieces"]);
  assert.deepEqual(listGaps({ ...named, data: { bodies: [] } }, handover), ["pieces"]);
  assert.deepEqual(listGaps({ ...named, data: { bodies: [{ bodyId: "body_1" }] } }, handover), []);
});

test("a matter follows the seal that its own fields chose, with that seal's entity, and is not asked for it beside", () => {
  const seals = [
    { sealId: "seal_1", entity: { entityId: "ent_1" } },
    { sealId: "seal_2", entity: { entityId: "ent_2" } },
  ];
  const body = { ...beginBody("short-handover", "ent_1", null), unitId: "unit_1" };
  const followed = followSeal(body, "seal_2", seals);
  assert.deepEqual([followed.sealId, followed.entityId, followed.unitId], ["seal_2", "ent_2", null]);
  assert.equal(followSeal(followed, undefined, seals), followed);
  assert.equal(followSeal(followed, "seal_3", seals), followed);
  const unseen = followSeal(followed, { sealId: "seal_3", entityId: "ent_3" }, seals);
  assert.deepEqual([unseen.sealId, unseen.entityId], ["seal_3", "ent_3"]);
});

test("a matter written again keeps everything it held", () => {
  const name = { en: "Lanxi", zh: "澜汐" };
  const body = bodyOf({
    ...{ kind: "stop", entity: { entityId: "ent_1", name, code: "LX" }, unitId: "unit_1" },
    ...{ seal: { sealId: "seal_1", number: "LX-01", name }, person: { personId: "per_1", name } },
    ...{ title: "Stop it", reason: "Worn", data: { pieces: 2 }, effectiveOn: "2026-12-01" },
  });
  assert.deepEqual(body, {
    ...{ kind: "stop", entityId: "ent_1", unitId: "unit_1", sealId: "seal_1", bodyId: null, personId: "per_1" },
    ...{ title: "Stop it", reason: "Worn", data: { pieces: 2 }, effectiveOn: "2026-12-01" },
  });
});
