import assert from "node:assert/strict";
import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { after, before, test } from "node:test";
import { openClaims, parseEnrolmentAnswer, tableOfTrust, trustClaims, webCrypto } from "@chancery/seallink";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { addContainer } from "../custody/containers.ts";
import { composePresentation, presentBox } from "./box.ts";
import { confirmController, presentController, readEnrolment } from "./enrol.ts";
import { listControllers, showController } from "./read-model.ts";
import { declineController, registerController, renewPairing, revokeController } from "./service.ts";
import { enrolInTest } from "./test-controllers.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  // Two custodians of one seal, by the grants that its making gives.
  await crew.registerSeal("department", "LX-01");
});
after(() => place?.close());

const codeOfRefusal = async (work: Promise<unknown>): Promise<string> => (await codesOf(work))[0] ?? "done";
let plates = 0;
const register = async (
  personId = crew.people.sealAdministrator,
  change: { containerId?: string; serial?: string } = {},
) => {
  plates += 1;
  const serial = change.serial ?? `S1-${plates}`;
  const made = await registerController(env, personId, {
    ...{ entityId: crew.entityId, serial, model: "S1", containerId: change.containerId ?? null },
    name: { en: "Front desk", zh: "前台" },
  });
  return { ...made, serial };
};
const stateOf = async (controllerId: string) => (await showController(env, crew.people.inspector, controllerId)).state;
const eventsOf = async (controllerId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("events")
      .select("type")
      .where("type", "like", "Controller%")
      .where((eb) => eb("facts", "@>", JSON.stringify({ controller: controllerId }) as never))
      .orderBy("event_id")
      .execute()
  ).map(({ type }) => type);

test("C18: two people enrol a controller; its certificate, answer and chain begin with the second one's confirmation", async () => {
  const { sealAdministrator, custodian, inspector } = crew.people;
  const { controllerId, pairingCode, serial } = await register();
  assert.equal(await stateOf(controllerId), "awaiting-device");
  const box = await presentBox(env, { serial, pairingCode: pairingCode.toLowerCase() });
  assert.deepEqual(await readEnrolment(env, box.ticket), { state: "waiting", answer: null });
  const shown = await showController(env, custodian, controllerId);
  assert.deepEqual([shown.mayConfirm, shown.pairing?.presented?.firmware], [true, "1.0.0"]);
  assert.ok(!JSON.stringify(shown).includes(box.comparisonCode), "the digits stand on the box alone");
  assert.equal((await showController(env, sealAdministrator, controllerId)).mayConfirm, false);
  assert.equal(
    await codeOfRefusal(confirmController(env, sealAdministrator, controllerId, box.comparisonCode)),
    "controller.confirm-self",
  );
  assert.equal(
    await codeOfRefusal(confirmController(env, inspector, controllerId, box.comparisonCode)),
    "subject.not-found",
  );
  await confirmController(env, custodian, controllerId, box.comparisonCode);

  const { state, answer } = await readEnrolment(env, box.ticket);
  const parsed = parseEnrolmentAnswer(answer ?? "");
  assert.ok(parsed.ok && state === "confirmed");
  assert.deepEqual([parsed.value.dev, parsed.value.ep, parsed.value.people?.length], [controllerId, 1, 2]);
  const certificate = new X509Certificate(Buffer.from(parsed.value.cert ?? "", "base64url"));
  const { ca } = JSON.parse(answer ?? "") as { ca: string };
  assert.ok(certificate.verify(new X509Certificate(Buffer.from(ca, "base64url")).publicKey));
  assert.deepEqual(
    [certificate.subject, certificate.publicKey.equals(box.keys.publicKey)],
    [`CN=${controllerId}`, true],
  );
  // A device opens the trust list with the key for lists that stands in it; it pinned it here.
  const rows = JSON.parse(Buffer.from(parsed.value.trust.split(".")[1] ?? "", "base64url").toString());
  const trust = await openClaims(parsed.value.trust, "seal-trust+jwt", trustClaims, tableOfTrust(rows), webCrypto);
  assert.ok(trust.ok);
  assert.deepEqual(trust.value.claims.keys.map(({ use }) => use).sort(), ["ack", "authority", "authority", "trust"]);
  assert.deepEqual(await eventsOf(controllerId), ["ControllerRegistered", "ControllerPresented", "ControllerEnrolled"]);
  assert.equal(
    await codeOfRefusal(confirmController(env, crew.people.secondCustodian, controllerId, box.comparisonCode)),
    "controller.not-now",
  );
});

test("C18: attack 38: a pairing code has its time and five tries, and one answer for whatever is wrong", async () => {
  const { pairingCode, serial, controllerId } = await register();
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const present = (change: Partial<Parameters<typeof composePresentation>[0]>, at = env) =>
    codeOfRefusal(presentController(at, composePresentation({ serial, pairingCode, keys, ...change })));
  const late = { ...env, clock: { ...env.clock, now: () => env.clock.now() + 31 * 60_000 } };
  assert.equal(await present({ serial: "S1-unknown" }), "controller.pairing-refused");
  assert.equal(await present({}, late), "controller.pairing-refused");
  for (let tries = 0; tries < 5; tries += 1)
    assert.equal(await present({ pairingCode: `00000000${tries}0` }), "controller.pairing-refused");
  assert.equal(await present({}), "controller.pairing-refused", "the right one comes too late");
  assert.equal((await showController(env, crew.people.custodian, controllerId)).pairing?.over, true);
  const fresh = await renewPairing(env, crew.people.sealAdministrator, controllerId);
  assert.equal(await present({}), "controller.pairing-refused", "the old code no longer counts");
  assert.equal(await present({ pairingCode: fresh.pairingCode }), "done");
  assert.equal(
    await present({ pairingCode: fresh.pairingCode }),
    "controller.pairing-refused",
    "a code serves one box",
  );
  const codes = await env.db.selectFrom("controller_pairings").select("code_hash").execute();
  assert.ok(
    codes.every((row) => !row.code_hash.includes(fresh.pairingCode)),
    "kept as a digest alone",
  );
});

test("C18: attack 38: other digits mean somebody in between; three of them, or a word, decline the box", async () => {
  const { custodian, secondCustodian, sealAdministrator } = crew.people;
  const { controllerId, pairingCode, serial } = await register();
  const box = await presentBox(env, { serial, pairingCode });
  const wrong = box.comparisonCode === "000000" ? "000001" : "000000";
  for (let tries = 0; tries < 3; tries += 1)
    assert.equal(
      await codeOfRefusal(confirmController(env, custodian, controllerId, wrong)),
      "controller.code-differs",
    );
  assert.equal(await stateOf(controllerId), "awaiting-device");
  assert.equal((await readEnrolment(env, box.ticket)).state, "over");
  assert.equal(
    await codeOfRefusal(confirmController(env, custodian, controllerId, box.comparisonCode)),
    "controller.not-now",
  );

  const again = await renewPairing(env, custodian, controllerId);
  const second = await presentBox(env, { serial, pairingCode: again.pairingCode });
  assert.equal(
    await codeOfRefusal(confirmController(env, sealAdministrator, controllerId, second.comparisonCode)),
    "controller.confirm-self",
    "who registered it",
  );
  assert.equal(
    await codeOfRefusal(confirmController(env, custodian, controllerId, second.comparisonCode)),
    "controller.confirm-self",
    "who made the code",
  );
  await declineController(env, secondCustodian, controllerId, "Another box stood there");
  assert.equal((await readEnrolment(env, second.ticket)).state, "over");
  assert.equal((await eventsOf(controllerId)).filter((type) => type === "ControllerDeclined").length, 2);
});

test("C18: two who confirm at once enrol one controller, with one certificate and one key", async () => {
  const { custodian, secondCustodian } = crew.people;
  const { controllerId, pairingCode, serial } = await register();
  const { comparisonCode } = await presentBox(env, { serial, pairingCode });
  const both = await Promise.all(
    [custodian, secondCustodian].map((personId) =>
      codeOfRefusal(confirmController(env, personId, controllerId, comparisonCode)),
    ),
  );
  assert.deepEqual(both.sort(), ["controller.not-now", "done"]);
  const certificates = await env.db
    .selectFrom("controller_certificates")
    .select("serial")
    .where("controller_id", "=", controllerId)
    .execute();
  assert.equal(certificates.length, 1);
});

test("C18: a revoked controller is over for good, its plate may be enrolled anew with another key, and the tables hold it", async () => {
  const { sealAdministrator, custodian, inspector, supervisor } = crew.people;
  const by = { entityId: crew.entityId, first: sealAdministrator, second: custodian, serial: "S1-R" };
  const { controllerId, ...keys } = await enrolInTest(env, by);
  assert.equal(await codeOfRefusal(register(sealAdministrator, { serial: "S1-R" })), "controller.serial-there");
  assert.equal(await codeOfRefusal(revokeController(env, supervisor, controllerId, "Lost")), "subject.not-found");
  await revokeController(env, inspector, controllerId, "Taken away at night");
  const shown = await showController(env, inspector, controllerId);
  assert.deepEqual([shown.state, shown.revoked?.reason, shown.mayRevoke], ["revoked", "Taken away at night", false]);
  assert.equal(await codeOfRefusal(renewPairing(env, custodian, controllerId)), "controller.not-now");
  const { pairingCode, serial } = await register(sealAdministrator, { serial: "S1-R" });
  assert.equal(
    await codeOfRefusal(presentController(env, composePresentation({ serial, pairingCode, keys }))),
    "controller.request-unfit",
  );
  for (const [change, reason] of [
    [{ state: "enrolled" as const, revoked_at: null, revoked_by: null, revocation_reason: null }, /stays revoked/],
    [{ revocation_reason: "other" }, /stays revoked/],
  ] as const)
    await assert.rejects(
      env.db.updateTable("controllers").set(change).where("controller_id", "=", controllerId).execute(),
      reason,
    );
});

test("C18 C11: whatever the application does, the tables enrol nothing that one person made and confirmed", async () => {
  const { sealAdministrator } = crew.people;
  const { controllerId, pairingCode, serial } = await register();
  await assert.rejects(
    env.db.updateTable("controllers").set({ state: "enrolled" }).where("controller_id", "=", controllerId).execute(),
    /second person/,
  );
  await presentBox(env, { serial, pairingCode });
  await assert.rejects(
    env.db
      .updateTable("controller_pairings")
      .set({ state: "confirmed", confirmed_by: sealAdministrator, confirmed_at: new Date(), answer: "{}" })
      .where("controller_id", "=", controllerId)
      .execute(),
    /enrolment_confirmed_by_another/,
  );
});

test("C13: a controller stands for a container of its kind, which stands for no other", async () => {
  const { sealAdministrator } = crew.people;
  const add = (kind: "controller" | "safe") =>
    addContainer(env, sealAdministrator, {
      ...{ entityId: crew.entityId, kind, name: { en: "Box", zh: "设备" }, address: "Room 1", insideMonitoring: true },
      ...{ camera: "", goodForImportant: true, locks: [] },
    });
  const [box, safe] = [await add("controller"), await add("safe")];
  assert.equal(await codeOfRefusal(register(sealAdministrator, safe)), "controller.container-unfit");
  const first = await register(sealAdministrator, box);
  assert.equal(await codeOfRefusal(register(sealAdministrator, box)), "controller.container-unfit");
  await revokeController(env, sealAdministrator, first.controllerId, "Replaced");
  await register(sealAdministrator, box);
});

test("a controller is not there for other people, and those that wait for somebody stand first", async () => {
  const { items } = await listControllers(env, crew.people.custodian);
  assert.equal(items[0]?.state, "awaiting-confirmation");
  assert.equal(items.at(-1)?.state, "revoked");
  assert.deepEqual((await listControllers(env, crew.people.stranger)).items, []);
});
