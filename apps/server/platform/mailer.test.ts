import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { createMailer, type MailConfig } from "./mailer.ts";
import { testFolder } from "./test-folder.ts";
import { readMail, startTestMailServer, type TestMailServer } from "./test-mail-server.ts";

let folder: string;
const servers: { stop(): Promise<void> }[] = [];
before(async () => {
  folder = await mkdtemp(join(testFolder(), "chancery-mail-"));
});
after(async () => {
  for (const server of servers) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = async (wanted: Partial<Parameters<typeof startTestMailServer>[0]> = {}): Promise<TestMailServer> => {
  const server = await startTestMailServer({ folder, ...wanted });
  servers.push(server);
  return server;
};
const config = (server: TestMailServer, change: Partial<MailConfig> = {}): MailConfig => ({
  ...{ host: "127.0.0.1", port: server.port, implicitTls: false, startTls: "required", login: null },
  ...{ caFile: server.caFile, from: { name: "Seals 印章", address: "seals@example.org" } },
  ...change,
});
const mail = {
  to: { name: "Zhou Wei 周伟", address: "zhou@example.org" },
  ...{ subject: "Alarm 报警", text: "First line\n第二行\n", messageId: "<one@example.org>" },
};

test("a mail goes over STARTTLS to a server whose certificate is trusted, with its words in both scripts", async () => {
  const server = await start();
  assert.deepEqual(await createMailer(config(server)).send(mail), { sent: true });
  const [taken] = server.taken;
  assert.deepEqual([taken?.from, taken?.to, taken?.secure], ["seals@example.org", ["zhou@example.org"], true]);
  const { headers, body } = readMail(taken?.text ?? "");
  assert.deepEqual(headers.get("subject"), ["Alarm 报警"]);
  assert.deepEqual(headers.get("to"), ["Zhou Wei 周伟 <zhou@example.org>"]);
  assert.deepEqual(headers.get("from"), ["Seals 印章 <seals@example.org>"]);
  assert.deepEqual(headers.get("message-id"), ["<one@example.org>"]);
  assert.deepEqual(headers.get("auto-submitted"), ["auto-generated"]);
  assert.match(headers.get("content-type")?.[0] ?? "", /^text\/plain/);
  assert.equal(body.trim(), mail.text.trim());
});

test("where TLS is required, nothing goes to a server that offers none or that nobody vouches for", async () => {
  const plain = await start({ offersTls: false });
  const refused = await createMailer(config(plain)).send(mail);
  assert.ok(!refused.sent && !refused.lasting, JSON.stringify(refused));
  assert.deepEqual(await createMailer(config(plain, { startTls: "opportunistic" })).send(mail), { sent: true });
  assert.equal(plain.taken[0]?.secure, false);
  const stranger = await start();
  const untrusted = await createMailer(config(stranger, { caFile: null })).send(mail);
  assert.ok(!untrusted.sent && !untrusted.lasting);
  assert.deepEqual(stranger.taken, []);
});

test("TLS from the start, with a login; a wrong password is told as a code and may be tried again", async () => {
  const login = { user: "chancery", password: "s3cret-of-the-mail" };
  const server = await start({ secure: true, login });
  const sent = await createMailer(config(server, { implicitTls: true, login })).send(mail);
  assert.deepEqual(sent, { sent: true });
  assert.equal(server.taken[0]?.user, "chancery");
  const wrong = { ...login, password: "not-it-at-all" };
  const answer = await createMailer(config(server, { implicitTls: true, login: wrong })).send(mail);
  assert.deepEqual(answer, { sent: false, lasting: false, fault: "EAUTH 535" });
});

test("a mailbox that is not there lasts, one that is full for now does not, nor a server that is away", async () => {
  const server = await start();
  const mailer = createMailer(config(server));
  server.refuses = { code: 550, text: "no such\tmailbox: secret words of the server" };
  assert.deepEqual(await mailer.send(mail), { sent: false, lasting: true, fault: "EENVELOPE 550" });
  server.refuses = { code: 452, text: "full" };
  assert.deepEqual(await mailer.send(mail), { sent: false, lasting: false, fault: "EENVELOPE 452" });
  const gone = createServer();
  const port = await new Promise<number>((resolve) => {
    gone.listen(0, "127.0.0.1", () => resolve((gone.address() as { port: number }).port));
  });
  await new Promise((resolve) => gone.close(resolve));
  const away = await createMailer(config(server, { port })).send(mail);
  assert.ok(!away.sent && !away.lasting);
  assert.match(away.fault, /^E[A-Z]+$/);
});

const hostile = [
  "Eve\r\nBcc: all@example.org",
  'Eve" <eve@example.org>, "x',
  "Eve\nSubject: other\n\nbody",
  "Eve\u0000\u202egnp",
  "Eve, all@example.org",
  "=?utf-8?q?=0D=0ABcc:_all=40example.org?=",
];
for (const name of hostile)
  test(`hostile names: ${JSON.stringify(name)} adds no header, recipient or line`, async () => {
    const server = await start();
    const answer = await createMailer(config(server)).send({
      ...{ ...mail, to: { name, address: "zhou@example.org" }, subject: `Alarm ${name}` },
    });
    assert.deepEqual(answer, { sent: true });
    assert.deepEqual(server.taken[0]?.to, ["zhou@example.org"]);
    const head = (server.taken[0]?.text ?? "").split("\r\n\r\n")[0] ?? "";
    // As the server saw it: before anything in it is decoded.
    const names = head
      .replaceAll(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map((line) => line.slice(0, line.indexOf(":")).toLowerCase());
    const expected = ["from", "to", "subject", "message-id", "date", "auto-submitted", "mime-version", "content-type"];
    assert.deepEqual(names.filter((one) => one !== "content-transfer-encoding").toSorted(), expected.toSorted());
  });
