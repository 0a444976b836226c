import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { startJobs } from "../../platform/jobs.ts";
import { createMailer } from "../../platform/mailer.ts";
import { createTelemetry } from "../../platform/telemetry.ts";
import { testFolder } from "../../platform/test-folder.ts";
import { readMail, startTestMailServer, type TestMailServer } from "../../platform/test-mail-server.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import {
  type BoxAtWork,
  type ControllerPlace,
  createControllerPlace,
  tagOf,
} from "../controller-stamping/test-controller-place.ts";
import { lockChain } from "../controllers/chain-rows.ts";
import { listControllers } from "../controllers/read-model.ts";
import { changeMailAddress, showMailAddress } from "../mail/addresses.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { acknowledgeAlarm } from "./acknowledge-alarm.ts";
import { escalateAlarms } from "./escalate-alarms.ts";
import { addAlarmFigures } from "./figures.ts";
import { raiseAlarm } from "./raise-alarm.ts";
import { sendAlarmMail } from "./send-alarm-mail.ts";

let place: ControllerPlace;
let env: Environment;
let people: ControllerPlace["crew"]["people"];
let box: BoxAtWork;
let mails: TestMailServer;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(testFolder(), "chancery-mail-"));
  mails = await startTestMailServer({ folder });
  place = await createControllerPlace();
  ({ people } = place.crew);
  env = {
    ...place.env,
    mailer: createMailer({
      ...{ host: "127.0.0.1", port: mails.port, implicitTls: false, startTls: "required", login: null },
      ...{ caFile: mails.caFile, from: { name: "Seals", address: "seals@example.org" } },
    }),
  };
  box = await place.addBox("B-1", place.boxContainer);
  await box.meet();
  await place.mount(box, place.departmentPiece, 1, tagOf(1));
  await changeMailAddress(env, people.custodian, people.custodian, {
    mailAddress: "Cu@Example.org",
    mailLanguage: "zh",
  });
  await changeMailAddress(env, people.administrator, people.inspector, {
    ...{ mailAddress: "inspector@example.org", mailLanguage: null },
  });
});
after(async () => {
  await place?.close();
  await mails?.stop();
  await rm(folder, { recursive: true, force: true });
});

const raise = (code: string, work: () => void = () => undefined): Promise<string> =>
  transact(env.db, async (tx) => {
    const chain = await lockChain(tx, box.controllerId, 1);
    assert.ok(chain);
    await raiseAlarm(tx, env, chain, { code, seq: chain.last, times: 1, findingId: null });
    work();
    const open = await tx
      .selectFrom("alarms")
      .select("alarm_id")
      .where("code", "=", code)
      .where("state", "=", "open")
      .executeTakeFirstOrThrow();
    return open.alarm_id;
  });
const stateOf = async (alarmId: string, personId: string, level = 0): Promise<string | undefined> =>
  (
    await env.db
      .selectFrom("alarm_told")
      .select("mail")
      .where("alarm_id", "=", alarmId)
      .where("person_id", "=", personId)
      .where("level", "=", level)
      .executeTakeFirst()
  )?.mail;
const send = (alarmId: string, personId: string, level = 0) => sendAlarmMail(env, { alarmId, personId, level });
const takeMails = () => mails.taken.splice(0).map((one) => ({ ...one, ...readMail(one.text) }));

test("C18: who was told and has an address is written to after the commit, in his language, once; nobody of what was undone", async () => {
  await assert.rejects(
    raise("alarm.open", () => {
      throw new Error("undone");
    }),
    /undone/,
  );
  const alarmId = await raise("alarm.open");
  assert.deepEqual(
    [await stateOf(alarmId, people.custodian), await stateOf(alarmId, people.sealAdministrator)],
    ["waiting", "none"],
  );
  assert.equal(mails.taken.length, 0);
  let done = 0;
  let end: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    end = resolve;
  });
  const jobs = await startJobs({
    pool: place.handover.connections.jobs,
    concurrency: 2,
    onError: (error) => {
      throw error;
    },
    tasks: {
      "send-alarm-mail": async ({ alarmId: id, level, personId }) => {
        await sendAlarmMail(env, { alarmId: id ?? "", level: Number(level), personId: personId ?? "" });
        done += 1;
        if (done === 2) end();
      },
    },
  });
  await both;
  await jobs.stop();
  const sent = takeMails().toSorted((a, b) => (a.to[0] ?? "").localeCompare(b.to[0] ?? ""));
  assert.deepEqual(
    sent.map(({ to, secure }) => [to, secure]),
    [
      [["Cu@example.org"], true],
      [["inspector@example.org"], true],
    ],
  );
  const [zh, inBoth] = sent;
  assert.deepEqual(zh?.headers.get("subject"), ["报警：印控仪 设备 B-1"]);
  assert.match(zh?.body ?? "", /^印控仪在无指令时被打开。/);
  assert.ok(!(zh?.body ?? "").includes("What to do"));
  assert.match(zh?.body ?? "", /机内印章：测试章 LX-11/);
  assert.match(inBoth?.body ?? "", /The controller was opened without an order\.[\s\S]*印控仪在无指令时被打开。/);
  assert.ok((inBoth?.body ?? "").includes("http://localhost:8080/alarms"));
  // The same job again, as after a crash at the wrong moment, sends nothing.
  await send(alarmId, people.custodian);
  assert.deepEqual([takeMails().length, await stateOf(alarmId, people.custodian)], [0, "sent"]);
  await acknowledgeAlarm(env, people.inspector, alarmId, "Looked");
});

test("C18: a mail server that is away stops no alarm, is tried again and stands on the page of the controllers", async () => {
  const statusOf = async () => (await listControllers(env, people.inspector)).mail;
  assert.deepEqual(await statusOf(), { state: "works", unsent: 0, fault: null });
  assert.equal((await listControllers(place.env, people.inspector)).mail.state, "off");
  mails.refuses = { code: 452, text: "come back later" };
  const alarmId = await raise("alarm.move");
  await assert.rejects(send(alarmId, people.custodian), /was not sent: EENVELOPE 452$/);
  await assert.rejects(send(alarmId, people.custodian), /EENVELOPE 452/);
  assert.equal(await stateOf(alarmId, people.custodian), "waiting");
  assert.deepEqual(await statusOf(), { state: "failing", unsent: 1, fault: "EENVELOPE 452" });
  const telemetry = createTelemetry();
  addAlarmFigures(env, telemetry);
  const figures = async (): Promise<string[]> =>
    (await telemetry.read()).body.split("\n").filter((line) => line.startsWith("chancery_alarm"));
  assert.deepEqual(await figures(), ["chancery_alarms_open 1", "chancery_alarm_mails_unsent 1"]);
  mails.refuses = null;
  await send(alarmId, people.custodian);
  assert.deepEqual(await statusOf(), { state: "works", unsent: 0, fault: null });
  assert.deepEqual(await figures(), ["chancery_alarms_open 1", "chancery_alarm_mails_unsent 0"]);
  const [mail] = takeMails();
  const tried = await env.db
    .selectFrom("alarm_told")
    .select(["mail", "mail_tries", "mail_fault"])
    .where("alarm_id", "=", alarmId)
    .where("person_id", "=", people.custodian)
    .executeTakeFirstOrThrow();
  assert.deepEqual(tried, { mail: "sent", mail_tries: 3, mail_fault: null });
  assert.equal(mail?.headers.get("message-id")?.length, 1);
  await acknowledgeAlarm(env, people.sealAdministrator, alarmId, "Looked");
});

test("C18: a mailbox that is not there is given up and shown; an alarm that was acknowledged is not written about", async () => {
  mails.refuses = { code: 550, text: "no such mailbox" };
  const alarmId = await raise("alarm.vibration");
  await send(alarmId, people.custodian);
  assert.equal(await stateOf(alarmId, people.custodian), "failed");
  mails.refuses = null;
  await send(alarmId, people.custodian);
  await escalateAlarms({ ...env, clock: { now: () => env.clock.now() + 16 * 60_000 } });
  await acknowledgeAlarm(env, people.sealAdministrator, alarmId, "Looked");
  await send(alarmId, people.inspector, 1);
  assert.equal(await stateOf(alarmId, people.inspector, 1), "not-needed");
  assert.deepEqual(takeMails(), []);
});

test("C18: each level writes its own mail, and says that nobody has acknowledged", async () => {
  const alarmId = await raise("alarm.open");
  await escalateAlarms({ ...env, clock: { now: () => env.clock.now() + 16 * 60_000 } });
  for (const level of [0, 1, 0, 1]) await send(alarmId, people.inspector, level);
  const sent = takeMails();
  assert.deepEqual(
    sent.map(({ headers }) => headers.get("subject")?.[0]?.split(" · ")[0]),
    ["Alarm: seal controller Box B-1", "Alarm, not acknowledged yet: seal controller Box B-1"],
  );
  assert.equal(new Set(sent.map(({ headers }) => headers.get("message-id")?.[0])).size, 2);
  await acknowledgeAlarm(env, people.inspector, alarmId, "Looked");
});

test("C18: nothing of any request stands in a mail, so nothing of a confidential one, even where its stroke raised the alarm", async () => {
  const requestId = await walkToHand(env, place.crew, place.department, { ...notice, copies: 1 });
  await place.open(requestId);
  const { jti } = await env.db
    .selectFrom("controller_authorisations")
    .select("jti")
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  // One more than was authorised.
  await box.forgeStroke(jti, 1, 1);
  await box.forgeStroke(jti, 2, 1);
  const { number, title } = await env.db
    .selectFrom("seal_use_requests")
    .select(["number", "title"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  // Told by the box's own journal, without a mailer in the environment it came through: raised again with one.
  const codes = await env.db.selectFrom("alarms").select("code").where("state", "=", "open").execute();
  assert.ok(codes.length > 0);
  for (const { code } of codes) {
    const alarmId = await raise(code);
    await acknowledgeAlarm(env, people.sealAdministrator, alarmId, "Found").catch(() => undefined);
    await acknowledgeAlarm(env, people.inspector, alarmId, "Found").catch(() => undefined);
    await send(await raise(code), people.inspector);
  }
  const sent = takeMails();
  assert.ok(sent.length > 0);
  for (const { text, body } of sent)
    for (const word of [title ?? "no title", number ?? "no number", requestId])
      assert.ok(!`${text}${body}`.includes(word), word);
});

test("hostile names in the database end no header and add no line of a mail", async () => {
  await env.db
    .updateTable("people")
    .set({ name_en: "Eve\r\nBcc: all@example.org" })
    .where("person_id", "=", people.inspector)
    .execute();
  const alarmId = await raise("alarm.fw");
  await send(alarmId, people.inspector);
  const [mail] = takeMails();
  assert.deepEqual([mail?.to, mail?.headers.has("bcc")], [["inspector@example.org"], false]);
  await env.db.updateTable("people").set({ name_en: "Inspector" }).where("person_id", "=", people.inspector).execute();
});

test("an address is one's own or the accounts keeper's to set; it is checked, told without its words, and may be removed", async () => {
  const set = (mailAddress: string | null) =>
    codesOf(changeMailAddress(env, people.head, people.head, { mailAddress, mailLanguage: "en" }));
  for (const bad of ["head@example.org\r\nBcc: x@example.org", "Head <head@example.org>", "head"])
    assert.deepEqual(await set(bad), ["mail-address.unfit"]);
  await assert.rejects(
    env.db
      .insertInto("mail_addresses")
      .values({
        ...{ person_id: people.head, address: "a@b.c\r\nX: y", language: null, changed_by: people.head },
        changed_at: new Date(),
      })
      .execute(),
    /check constraint/,
  );
  assert.deepEqual(await set("head@example.org"), []);
  assert.deepEqual(await showMailAddress(env, people.head), {
    ...{ mailAddress: "head@example.org", mailLanguage: "en", sends: true },
  });
  assert.deepEqual(await set(null), []);
  assert.equal((await showMailAddress(env, people.head)).mailAddress, null);
  const events = await env.db.selectFrom("events").select("facts").where("type", "=", "MailAddressChanged").execute();
  assert.ok(events.length >= 4);
  assert.ok(!JSON.stringify(events).includes("example.org"));
});
