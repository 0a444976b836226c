import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import { transact } from "../../platform/db.ts";
import { authorityConnection } from "../../platform/migrate.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { until } from "../../platform/test-until.ts";
import { takeSigned } from "../controller-stamping/deliver.ts";
import { authoritySecretOf, moveAuthorityKeys } from "../controllers/authority.ts";
import { ingestRecords } from "../controllers/ingest.ts";
import { enrolInTest } from "../controllers/test-controllers.ts";
import { encryptKey } from "../seals/keys.ts";
import { askAuthority } from "./ask.ts";
import { type AuthorityProcess, createAuthorityProcess } from "./run-authority.ts";

let place: TestEnvironment;
let crew: TestCrew;
let signer: AuthorityProcess;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  await crew.registerSeal("department", "LX-01");
  signer = createAuthorityProcess(place.env, {
    connection: authorityConnection(place.handover.connections.app, (role) => `test ${role}`),
    ...{ secret: authoritySecretOf(place.env.masterKey), files: place.handover.files, logLevel: "silent" },
  });
});
after(async () => {
  await signer?.stop();
  await place?.close();
});

test("attack 30: the authority signs in a process of its own, and killed while it is asked it signs once when it is back", async () => {
  const { env } = place;
  const { sealAdministrator, custodian } = crew.people;
  const by = { entityId: crew.entityId, first: sealAdministrator, second: custodian, serial: "P-1" };
  const { controllerId, box, controller } = await enrolInTest(env, by);
  const payload = Buffer.from(box.records.join("\n"));
  await ingestRecords(env, { controllerId, payload, receivedAt: env.clock.now(), liveAfter: null });
  const finger = { handle: "fp:3", personId: crew.people.supervisor };
  const order = { kind: "cred-add", by: [custodian, sealAdministrator], finger } as const;
  const ask = () =>
    transact(env.db, (tx) => askAuthority(tx, env, { kind: "order", order, controllerId, askedBy: custodian }));
  const stateOf = async (askId: string) =>
    (await env.db.selectFrom("controller_asks").select("state").where("ask_id", "=", askId).executeTakeFirstOrThrow())
      .state;
  const signed = async () =>
    (await env.db.selectFrom("controller_signatures").select(["ask_id", "asn"]).orderBy("asn").execute()).map(
      ({ ask_id: id, asn }) => [id, asn],
    );

  await signer.ensureStarted();
  assert.ok(signer.running());
  const first = await ask();
  await until(
    () => stateOf(first),
    (state) => state === "signed",
  );
  const gone = signer.pid();
  process.kill(gone ?? 0, "SIGKILL");
  await until(
    () => signer.running(),
    (running) => !running,
  );
  const second = await ask();
  assert.deepEqual(await signed(), [[first, "1"]]);
  await until(
    () => stateOf(second),
    (state) => state === "signed",
    20_000,
  );
  assert.notEqual(signer.pid(), gone);
  assert.deepEqual(await signed(), [
    [first, "1"],
    [second, "2"],
  ]);
  // What it signed the box believes, by the list of keys it got when it was enrolled.
  const [text] = await takeSigned(env, controllerId);
  assert.ok((await controller.receive(text ?? "")).ok);
  const events = await env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "ControllerOrderIssued")
    .execute();
  assert.equal(events.length, 2);
});

test("keys made before the authority had a role of its own are moved to where only it reads them", async () => {
  const kind = "seallink-authority-2";
  // As an installation from before has it: the private half under the master key, beside the public one.
  const foreign = await createTestEnvironment();
  try {
    const other = foreign.env;
    const pair = generateKeyPairSync("ed25519");
    await other.db
      .insertInto("authority_keys")
      .values({
        ...{ kind, encrypted_key: encryptKey(other.masterKey, pair.privateKey, kind), created_at: new Date() },
        public_key: pair.publicKey.export({ format: "der", type: "spki" }),
      })
      .execute();
    await moveAuthorityKeys(other);
    await moveAuthorityKeys(other);
    const row = await other.db
      .selectFrom("authority_keys")
      .select("encrypted_key")
      .where("kind", "=", kind)
      .executeTakeFirstOrThrow();
    assert.equal(row.encrypted_key.length, 0);
    await assert.rejects(other.db.selectFrom("authority_signing_keys").select("encrypted_key").execute(), /permission/);
  } finally {
    await foreign.close();
  }
});
