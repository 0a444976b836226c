import assert from "node:assert/strict";
import { after, test } from "node:test";
import { beginMatter, submitMatter } from "../matters/ask-matter.ts";
import { sealHandlers } from "./routes.ts";
import { createTestOrganisation } from "./test-organisation.ts";
import { makeSealInTest } from "./test-seals.ts";

const organisation = await createTestOrganisation();
after(() => organisation.close());
const { env, callAs, contractSeal, entityId } = organisation;
const handlers = sealHandlers(env);

test("C10: a number is taken by a seal that is there, and by one that is only asked for", async () => {
  const numbers = async (): Promise<string[]> =>
    (await handlers["GET /v1/seal-numbers"]({}, callAs("administrator"))).items
      .filter((one) => one.entityId === entityId)
      .map((one) => one.number);
  const { actorId, unitId, keyAlgorithm, ...seal } = contractSeal();
  await makeSealInTest(env, { actorId, unitId, keyAlgorithm, ...seal, number: "NO-01" });
  assert.ok((await numbers()).includes("NO-01"));
  const { matterId } = await beginMatter(env, actorId, "engrave", {
    ...{ entityId, unitId, sealId: null, bodyId: null, personId: null, effectiveOn: null },
    ...{ title: "A second one", reason: "A test" },
    data: {
      ...seal,
      number: "NO-02",
      custodians: [],
      supervisor: null,
      physical: null,
      electronic: { keyAlgorithm, filing: false },
    },
  });
  assert.ok(!(await numbers()).includes("NO-02"), "a draft takes none");
  await submitMatter(env, actorId, matterId);
  assert.ok((await numbers()).includes("NO-02"));
});
