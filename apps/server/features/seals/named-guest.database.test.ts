import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { defaultFace } from "@chancery/seal-image";
import { ProblemError } from "../../platform/problems.ts";
import { createSmallOrganisation, type SmallOrganisation } from "../installation/test-small-organisation.ts";
import { checkCrew } from "./seal-crew.ts";
import { makeSealInTest } from "./test-seals.ts";

let small: SmallOrganisation;
before(async () => {
  small = await createSmallOrganisation();
});
after(() => small.close());

const lastDay = `${new Date().getFullYear() + 1}-12-31`;
const terms = { supervisorTo: lastDay, supervisorRisk: "Who reviews the text also watches the sealing." };

function wanted(number: string, more: { supervisorTo?: string; supervisorRisk?: string }) {
  const { people, entityId } = small;
  return {
    ...{ actorId: people.employee, type: "contract" as const, entityId, unitId: null, number, external: true },
    name: { en: "Contract seal", zh: "合同专用章" },
    face: { kind: "generated" as const, spec: defaultFace("contract", "北风仪表有限公司") },
    keyAlgorithm: "ecdsa-p256" as const,
    ...{ custodians: [people.keeper], supervisor: people.lawyer, certificateKeeper: null, ...more },
  };
}

test("C11: a guest who reviews is named supervisor with a last day and a risk, and the check asks for both", async () => {
  const { env } = small.on;
  const bare = await checkCrew(env, wanted("NW-02", {}));
  assert.deepEqual(
    bare.refusals.map(({ refusal }) => refusal.code),
    ["grant.loosened-without-end", "grant.loosened-without-risk"],
  );
  const expected = [
    { personId: small.people.lawyer, role: "supervisor", heldRoles: ["legal-reviewer", "inspector"] },
  ] as const;
  assert.deepEqual(
    bare.loosened.map(({ personId, role }) => ({ personId, role })),
    expected.map(({ personId, role }) => ({ personId, role })),
  );
  const full = await checkCrew(env, wanted("NW-02", terms));
  assert.deepEqual(full.refusals, []);
  assert.deepEqual(full.loosened, expected);
});

test("C11: who approves the seal consents to the guest's grant, which keeps its last day and its risk", async () => {
  const { env } = small.on;
  await assert.rejects(
    makeSealInTest(env, wanted("NW-03", {})),
    (error: unknown) =>
      error instanceof ProblemError && error.refusals.some((one) => one.code === "grant.loosened-without-risk"),
  );
  const { sealId, state } = await makeSealInTest(env, wanted("NW-04", terms));
  assert.equal(state, "in-use");
  const grant = await env.db
    .selectFrom("grants as g")
    .innerJoin("account_changes as c", "c.account_change_id", "g.account_change_id")
    .select(["g.state", "g.to_on", "g.risk", "c.state as consent", "c.decided_by", "c.asked_by"])
    .where("g.scope_id", "=", sealId)
    .where("g.role", "=", "supervisor")
    .executeTakeFirstOrThrow();
  assert.deepEqual(grant, {
    ...{ state: "given", to_on: lastDay, risk: terms.supervisorRisk },
    ...{ consent: "confirmed", decided_by: small.people.director, asked_by: small.people.employee },
  });
});
