import assert from "node:assert/strict";
import { test } from "node:test";
import { beginBody, bodyOf, listGaps } from "./matter-body.ts";

test("a draft can be kept once it has a title and what its kind is about", () => {
  const body = beginBody("stop", "ent_1", null);
  assert.deepEqual(listGaps(body, { concerns: ["seal"] }), ["title", "seal"]);
  assert.deepEqual(listGaps({ ...body, title: " ", sealId: "seal_1" }, { concerns: ["seal"] }), ["title"]);
  assert.deepEqual(listGaps({ ...body, title: "Stop it" }, { concerns: ["unit", "person"] }), ["unit", "person"]);
  assert.deepEqual(listGaps({ ...body, title: "Stop it", sealId: "seal_1" }, { concerns: ["seal"] }), []);
  const handover = { concerns: ["seal"], pieces: true } as const;
  const named = { ...body, title: "Leave", sealId: "seal_1" };
  assert.deepEqual(listGaps(named, handover), ["pieces"]);
  assert.deepEqual(listGaps({ ...named, data: { bodies: [] } }, handover), ["pieces"]);
  assert.deepEqual(listGaps({ ...named, data: { bodies: [{ bodyId: "body_1" }] } }, handover), []);
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
