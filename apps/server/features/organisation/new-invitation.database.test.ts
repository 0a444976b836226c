import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { acceptInvitation, readInvitation } from "../identity/invitations.ts";
import { hashPassword } from "../identity/password.ts";
import { setUp } from "../installation/set-up.ts";
import { makeCall, passwordOf, readSetupCode, smallSetUp } from "../installation/test-small-organisation.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { listTasks } from "../tasks/read-model.ts";
import { confirmAccountChange } from "./account-changes.ts";
import { inviteAgain } from "./new-invitation.ts";
import { listPeople } from "./people-read-model.ts";
import { askForPerson } from "./people-service.ts";

let place: TestEnvironment;
let administrator: string;
let entityId: string;
before(async () => {
  place = await createTestEnvironment();
  administrator = await setUp(place.env, smallSetUp, {
    kind: "code",
    setupCode: await readSetupCode(place),
    passwordHash: await hashPassword(passwordOf("employee")),
  });
  entityId = (await place.env.db.selectFrom("entities").select("entity_id").executeTakeFirstOrThrow()).entity_id;
});
after(() => place?.close());

const tokenOf = (link: string | null): string => link?.split("/").at(-1) ?? "";
const ask = (login: string, role: "signatory" | "inspector" | null) =>
  askForPerson(place.env, administrator, {
    ...{ name: { en: login, zh: login }, login, guest: false, unitId: null, entityId },
    grants: role === null ? [] : [{ role, scope: { kind: "entity", id: entityId } }],
  });
const mayInviteAgain = async (readerId: string, personId: string) =>
  (await listPeople(place.env.db, readerId, place.env.clock.now())).find((one) => one.personId === personId)
    ?.mayInviteAgain;

test("C11: a lost first invitation is replaced by who handed it over; the old link dies and others are told", async () => {
  const { env } = place;
  const signatory = await ask("first.signatory", "signatory");
  const { personId } = signatory;
  assert.equal(await mayInviteAgain(administrator, personId), true);
  const { invitationLink } = await inviteAgain(env, administrator, personId);
  assert.deepEqual(await codesOf(readInvitation(env, tokenOf(signatory.invitationLink))), ["invitation.gone"]);
  await acceptInvitation(env, makeCall(null), tokenOf(invitationLink), passwordOf("director"));
  await confirmPositionsInTest(env);
  assert.equal(await mayInviteAgain(administrator, personId), false);
  assert.deepEqual(await codesOf(inviteAgain(env, administrator, personId)), ["invitation.not-open"]);

  const second = await ask("nobody.yet", null);
  await inviteAgain(env, administrator, second.personId);
  const tasks = await listTasks(env, personId, { view: "mine" });
  assert.deepEqual(
    tasks.items.map((one) => [one.kind, one.person?.personId, one.mayDo]),
    [["invitation-renewed", second.personId, true]],
  );
  const events = await env.db
    .selectFrom("events")
    .select(["actor_id", "person_id"])
    .where("type", "=", "InvitationRenewed")
    .where("leaf_hash", "is not", null)
    .orderBy("at")
    .execute();
  assert.deepEqual(
    events.map((one) => [one.actor_id, one.person_id]),
    [personId, second.personId].map((of) => [administrator, of]),
  );
});

test("C11: an invitation that a second person handed over is not replaced by who asked for the account", async () => {
  const { env } = place;
  const signatory = (
    await env.db
      .selectFrom("people")
      .select("person_id")
      .where("login", "=", "first.signatory")
      .executeTakeFirstOrThrow()
  ).person_id;
  const { personId, accountChangeId } = await ask("by.two", "inspector");
  assert.deepEqual(await codesOf(inviteAgain(env, administrator, personId)), ["invitation.not-open"]);
  await confirmAccountChange(env, signatory, accountChangeId ?? "");
  assert.equal(await mayInviteAgain(administrator, personId), false);
  assert.deepEqual(await codesOf(inviteAgain(env, administrator, personId)), ["invitation.of-another"]);
});
