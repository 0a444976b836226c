import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Role } from "@chancery/domain";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { acceptInvitation } from "../identity/invitations.ts";
import { hashPassword } from "../identity/password.ts";
import { setUp } from "../installation/set-up.ts";
import { makeCall, readSetupCode, smallSetUp } from "../installation/test-small-organisation.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { confirmAccountChange, grantRole } from "./account-changes.ts";
import { describeCrew } from "./crew.ts";
import { askForPerson } from "./people-service.ts";

let on: TestEnvironment;
before(async () => {
  on = await createTestEnvironment();
});
after(() => on?.close());

async function listSteps(): Promise<string[]> {
  const { steps } = await describeCrew(on.env, { runsIt: true });
  const names = (people: (typeof steps)[number]["by"]): string => people.map((one) => one.name.en).join();
  return steps
    .filter((step) => step.kind !== "name")
    .map((step) => [step.kind, step.person?.name.en, names(step.by), names(step.later)].filter(Boolean).join(": "));
}

test("C11: before the first use those who run a small organisation are told who confirms what, whoever else is told nothing", async () => {
  const { env } = on;
  const passwordHash = await hashPassword("a long walk by the river");
  const administrator = await setUp(env, smallSetUp, {
    kind: "code",
    setupCode: await readSetupCode(on),
    passwordHash,
  });
  const { entity_id: entityId } = await env.db.selectFrom("entities").select("entity_id").executeTakeFirstOrThrow();
  const scope = { kind: "entity", id: entityId } as const;
  const loosely = { to: `${new Date().getFullYear() + 1}-12-31`, risk: "Three people do what seven should." };
  const ask = (en: string, guest: boolean, roles: readonly Role[]) =>
    askForPerson(env, administrator, {
      ...{ name: { en, zh: en }, login: en.toLowerCase(), guest, unitId: null, entityId },
      grants: roles.map((role) => ({ role, scope, ...loosely })),
    });
  const takeUp = (link: string | null) =>
    acceptInvitation(env, makeCall(null), link?.split("/").at(-1) ?? "", "another walk by the river");

  assert.deepEqual(await listSteps(), ["ask-for-seal"]);
  const told = await describeCrew(env, { runsIt: false });
  assert.deepEqual([told.steps, told.complete, told.usable], [[], false, false]);
  assert.deepEqual(
    told.plan.map((one) => one.who),
    ["administrator", "director", "keeper", "guest"],
  );

  const director = await ask("Director", false, ["signatory"]);
  assert.deepEqual(await listSteps(), ["take-up-account: Director", "ask-for-seal"]);
  await takeUp(director.invitationLink);
  const guest = await ask("Guest", true, ["legal-reviewer", "supervisor", "inspector", "certificate-keeper"]);
  assert.deepEqual(await listSteps(), [
    "confirm-account: Guest: Director",
    "confirm-position: Director",
    "ask-for-seal",
  ]);
  await confirmPositionsInTest(env);
  const confirmed = await confirmAccountChange(env, director.personId, guest.accountChangeId ?? "");
  await grantRole(env, {
    actorId: administrator,
    personId: director.personId,
    role: "seal-administrator",
    scope,
    ...loosely,
  });
  assert.deepEqual(await listSteps(), ["confirm-account: Director: Guest", "take-up-account: Guest", "ask-for-seal"]);
  const waiting = (await describeCrew(env, { runsIt: true })).steps.find((step) => step.kind === "confirm-account");
  assert.deepEqual([waiting?.loosened, waiting?.by], [true, []], "the guest may as soon as he is there");
  await takeUp(confirmed.invitationLink);
  await confirmPositionsInTest(env);
  assert.deepEqual(await listSteps(), ["confirm-account: Director: Guest", "ask-for-seal"]);
  // Who keeps the first seal could be followed by nobody: the page says so beside what is complete.
  assert.deepEqual((await describeCrew(env, { runsIt: true })).alone, []);
  const keeper = await ask("Keeper", false, ["custodian"]);
  await takeUp((await confirmAccountChange(env, director.personId, keeper.accountChangeId ?? "")).invitationLink);
  await confirmPositionsInTest(env);
  const kept = await describeCrew(env, { runsIt: true });
  assert.deepEqual([kept.alone.map((one) => one.sealId), kept.complete], [[null], false]);
});
