import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { sql } from "kysely";
import { ProblemError } from "../../platform/problems.ts";
import { createTestApp, type TestApp } from "../../platform/test-app.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { findNewestCheckpoint } from "../ledger/read-tiles.ts";
import { uploadDocument } from "../requests/upload-document.ts";
import { createExports, type Exports, mostLines, sweepExports } from "./exports.ts";
import { findNewest } from "./find-lines.ts";
import { readRegisterReach } from "./reach.ts";
import type { SheetFormat, SheetLanguage } from "./sheet.ts";
import { showLines } from "./show-lines.ts";
import { writeLineInTest } from "./test-registers.ts";

let on: TestEnvironment;
let crew: TestCrew;
let http: TestApp;
let exports: Exports;
let sealId: string;

before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  http = await createTestApp(on);
  exports = createExports(on.env, on.ledger);
  sealId = await crew.registerSeal("contract", "LX-02");
  const words = [
    "=1+2",
    "+49 30",
    "-5",
    "@cmd",
    "\tx",
    "澜汐仪器采购合同，甲、乙双方",
    'a "quoted", cell\nof two lines',
  ];
  for (const [at, word] of [...words, ...Array.from({ length: 60 }, (_, index) => `Line ${index}`)].entries())
    await writeLineInTest(on.env, {
      ...{ register: "custody", kind: "short-handover", entityId: crew.entityId, sealId },
      personIds: [crew.people.custodian],
      facts: { transferor: crew.people.custodian, tag: word, until: "2026-12-24", number: `M-${at}` },
      words: [word],
    });
});
after(async () => {
  await http.app.close();
  await on.close();
});

async function make(
  format: SheetFormat,
  change: { personId?: string; language?: SheetLanguage; filter?: Record<string, string> } = {},
): Promise<{ exportId: string; bytes: Buffer; fileName: string }> {
  const personId = change.personId ?? crew.people.inspector;
  const filter = change.filter ?? { entityId: crew.entityId };
  const asked = { register: "custody", format, language: change.language ?? "en", filter } as const;
  let made = await exports.begin(personId, asked);
  while (made.state === "making") made = await exports.get(personId, made.exportId);
  assert.equal(made.state, "ready");
  const { body, fileName } = await exports.fetch(personId, made.exportId);
  return { exportId: made.exportId, bytes: Buffer.from(body as Uint8Array), fileName: fileName ?? "" };
}

async function listed(personId: string, filter: Record<string, string>): Promise<string[]> {
  const reach = await readRegisterReach(on.env.db, personId, on.env.clock.now());
  const { lineIds } = await findNewest(on.env.db, { register: "custody", filter, reach }, null, 1000);
  return (await showLines(on.env.db, lineIds, { personId, now: on.env.clock.now() })).map((line) => line.number);
}

/** Cells of a comma separated file (RFC 4180). */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[""]];
  for (const [token] of text.matchAll(/"(?:[^"]|"")*"|,|\r\n|[^",\r\n]+/g)) {
    const row = rows.at(-1) ?? [];
    if (token === ",") row.push("");
    else if (token === "\r\n") rows.push([""]);
    else row[row.length - 1] = token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token;
  }
  return rows.slice(0, -1);
}

test("a sheet holds what the list holds, in its order, under a mark by which spreadsheets know UTF-8", async () => {
  const { bytes, fileName } = await make("csv", { language: "zh" });
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const [head, ...rows] = readCsv(bytes.subarray(3).toString());
  assert.equal(head?.[0], "登记号");
  assert.ok(rows.every((row) => row.length === head?.length));
  assert.deepEqual(
    rows.map((row) => row[0]),
    await listed(crew.people.inspector, { entityId: crew.entityId }),
  );
  assert.match(fileName, /^保管交接台账 \d{4}-\d\d-\d\d\.csv$/);
  assert.ok(rows.some((row) => row[4]?.includes("澜汐仪器采购合同，甲、乙双方")));
  const narrow = { search: "采购合同", kind: "short-handover" };
  const [, ...found] = readCsv((await make("csv", { filter: narrow })).bytes.toString());
  assert.deepEqual(
    found.map((row) => row[0]),
    await listed(crew.people.inspector, narrow),
  );
  assert.equal(found.length, 1);
});

test("no cell of a sheet begins as a formula does", async () => {
  await writeLineInTest(on.env, {
    ...{ register: "custody", kind: "opening", entityId: crew.entityId, corrects: null },
    ...{ personIds: [crew.people.lawyer], facts: { body: "1" } },
  });
  await on.env.db
    .updateTable("people")
    .set({ name_en: "=HYPERLINK(1)" })
    .where("person_id", "=", crew.people.lawyer)
    .execute();
  const { bytes } = await make("csv", { filter: { personId: crew.people.lawyer } });
  const cells = readCsv(bytes.subarray(3).toString()).flat();
  assert.ok(cells.includes("'=HYPERLINK(1)"), cells.join("|"));
  for (const cell of cells) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
});

/** One file of a ZIP archive, by its central directory. */
function unzip(archive: Buffer, name: string): string {
  let at = archive.readUInt32LE(archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06])) + 16);
  while (archive.readUInt32LE(at) === 0x02014b50) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    if (archive.subarray(at + 46, at + 46 + nameLength).toString() === name) {
      const local = archive.readUInt32LE(at + 42);
      const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const bytes = archive.subarray(begin, begin + archive.readUInt32LE(at + 20));
      return (archive.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes).toString();
    }
    at += 46 + nameLength + extra + comment;
  }
  throw new Error(`the archive has no ${name}`);
}

test("a workbook holds the same lines as texts, and the signed checkpoint", async () => {
  const { bytes } = await make("xlsx");
  const strings = unzip(bytes, "xl/sharedStrings.xml");
  for (const number of await listed(crew.people.inspector, { entityId: crew.entityId }))
    assert.ok(strings.includes(number), number);
  assert.ok(strings.includes("澜汐仪器采购合同，甲、乙双方"));
  assert.ok(strings.includes(on.ledger.key.origin));
  assert.doesNotMatch(unzip(bytes, "xl/worksheets/sheet1.xml"), /<f[ >]/, "no formula");
});

test("C24 a book has every line once in the order of numbers, and on each page the ledger's checkpoint", async (t) => {
  const { bytes } = await make("book", { language: "zh" });
  assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
  const folder = mkdtempSync(join(tmpdir(), "chancery-book-"));
  try {
    const file = join(folder, "book.pdf");
    writeFileSync(file, bytes);
    const read = (command: string, ...parameters: string[]): string | null => {
      try {
        return execFileSync(command, parameters, { maxBuffer: 50_000_000 }).toString();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        t.diagnostic(`${command} is not here`);
        return null;
      }
    };
    read("qpdf", "--check", file);
    const text = read("pdftotext", "-layout", file, "-");
    if (text === null) return t.skip("pdftotext is not here");
    const pages = text.split("\f").slice(0, -1);
    assert.ok(pages.length > 2, String(pages.length));
    const checkpoint = await findNewestCheckpoint(on.env.db);
    for (const [at, page] of pages.entries()) {
      assert.ok(page.includes(`第 ${at + 1} 页，共 ${pages.length} 页`), `page ${at + 1}`);
      assert.ok(page.includes(on.ledger.key.origin), `the key's name on page ${at + 1}`);
      const size = /账本检查点：(\d+) 条 · 根 ([0-9a-f]{12})…/.exec(page);
      assert.ok(size, `checkpoint on page ${at + 1}`);
      assert.ok(Number(size[1]) <= (checkpoint?.size ?? 0));
      if (at < pages.length - 1) assert.ok(page.includes("澜汐仪器有限公司 · 保管交接台账"), `head of page ${at + 1}`);
    }
    const printed = [...text.matchAll(/LX-K-\d{4}-\d{6}/g)].map(([number]) => number);
    assert.deepEqual(printed, (await listed(crew.people.inspector, { entityId: crew.entityId })).toReversed());
    assert.ok(pages.at(-1)?.includes("如何核对本台账"));
    assert.ok(pages.at(-1)?.includes(`— ${on.ledger.key.origin}`), "the signature line of the note");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("C24 each export is in the ledger with the digest of its file, and tells nothing of people or words", async () => {
  const { exportId, bytes } = await make("csv", { filter: { entityId: crew.entityId, search: "采购合同" } });
  const event = await on.env.db
    .selectFrom("events")
    .selectAll()
    .where("type", "=", "RegisterExported")
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  assert.equal(event.actor_id, crew.people.inspector);
  const { digest, lines, export: of, ...facts } = event.facts as Record<string, unknown>;
  assert.deepEqual([of, lines, digest], [exportId, 1, `sha256:${hash("sha256", bytes)}`]);
  assert.deepEqual(facts, { register: "custody", format: "csv", entity: crew.entityId, from: null, to: null });
});

test("who reads little exports little, and nobody fetches another's export", async () => {
  const { bytes } = await make("csv", { personId: crew.people.custodian, filter: {} });
  const [, ...rows] = readCsv(bytes.subarray(3).toString());
  assert.deepEqual(
    rows.map((row) => row[0]),
    await listed(crew.people.custodian, {}),
  );
  const none = await make("csv", { personId: crew.people.stranger, filter: {} });
  assert.equal(readCsv(none.bytes.subarray(3).toString()).length, 1);
  const { exportId } = await make("csv");
  await assert.rejects(exports.get(crew.people.custodian, exportId), { code: "subject.not-found" });
  await assert.rejects(exports.fetch(crew.people.custodian, exportId), { code: "subject.not-found" });
});

test("an empty book says so, and closes as every other", async () => {
  const { bytes } = await make("book", { personId: crew.people.stranger, filter: {} });
  assert.ok(bytes.length > 2000);
});

test("one export at a time for each person; one that was broken off gives way", async () => {
  const { db } = on.env;
  const { exportId } = await make("csv");
  await db
    .updateTable("register_exports")
    .set({ state: "making", digest: null })
    .where("export_id", "=", exportId)
    .execute();
  const again = { register: "custody", format: "csv", language: "en", filter: {} } as const;
  await assert.rejects(exports.begin(crew.people.inspector, again), { code: "register.export-under-way" });
  await db
    .updateTable("register_exports")
    .set({ asked_at: new Date(Date.now() - 3_600_000) })
    .where("export_id", "=", exportId)
    .execute();
  assert.equal((await exports.get(crew.people.inspector, exportId)).state, "broken");
  await make("csv");
});

test("C24 who hands in the bytes of an export and is refused does not take it away", async () => {
  const { exportId, bytes } = await make("csv");
  const upload = () => ({ stream: Readable.from([bytes]), fileName: "own.csv" });
  const { applicant } = crew.people;
  await assert.rejects(uploadEvidence(on.env, applicant, upload()), { code: "evidence.not-readable" });
  await assert.rejects(uploadDocument(on.env, applicant, upload()), ProblemError);
  const { body } = await exports.fetch(crew.people.inspector, exportId);
  assert.deepEqual(Buffer.from(body as Uint8Array), bytes);
});

test("the file of an export is kept for a day; what else has the same bytes stays", async () => {
  const first = await make("csv");
  const kept = await make("csv");
  const evidence = await make("book");
  const { db, files, clock } = on.env;
  const digestOf = (bytes: Buffer): string => `sha256:${hash("sha256", bytes)}`;
  await db
    .insertInto("files")
    .values({ digest: digestOf(evidence.bytes), size_bytes: 1, media_type: "application/pdf", stored_at: new Date() })
    .execute();
  const age = (exportId: string) =>
    db
      .updateTable("register_exports")
      .set({ ended_at: new Date(clock.now() - 90_000_000) })
      .where("export_id", "=", exportId)
      .execute();
  await age(first.exportId);
  await age(evidence.exportId);
  await sweepExports(on.env);
  await assert.rejects(exports.fetch(crew.people.inspector, first.exportId), { code: "register.export-gone" });
  assert.equal((await files.read(digestOf(kept.bytes))).ok, true, "the same bytes, an hour later");
  assert.equal((await files.read(digestOf(evidence.bytes))).ok, true, "somebody's evidence");
  await db
    .updateTable("register_exports")
    .set({ ended_at: new Date(0) })
    .where("state", "=", "ready")
    .execute();
  await sweepExports(on.env);
  assert.equal((await files.read(digestOf(kept.bytes))).ok, false);
});

test("the same key answers with the same export, and the file comes as a download under its name", async () => {
  const { cookie, csrf } = await http.signIn(crew.people.inspector);
  const headers = { cookie, "x-csrf-token": csrf, host: "localhost:8080", origin: "http://localhost:8080" };
  const ask = () =>
    http.app.inject({
      ...{ method: "POST", url: "/v1/register-exports", headers: { ...headers, "idempotency-key": "key-of-a-test" } },
      payload: { register: "custody", format: "csv", language: "en", filter: {} },
    });
  const [first, second] = [(await ask()).json(), (await ask()).json()];
  assert.equal(first.exportId, second.exportId);
  const url = `/v1/register-exports/${first.exportId}`;
  let state = first.state;
  while (state === "making") state = (await http.app.inject({ method: "GET", url, headers })).json().state;
  const file = await http.app.inject({ method: "GET", url: `${url}/file`, headers });
  assert.equal(file.statusCode, 200);
  assert.match(String(file.headers["content-disposition"]), /^attachment; filename\*=UTF-8''Register%20of%20custody/);
  assert.equal(file.headers["content-type"], "application/octet-stream");
});

test("a book of more lines than one may hold is refused with the way out; a sheet of them is made with its progress", async () => {
  const { event_id: eventId } = await on.env.db
    .selectFrom("events")
    .select("event_id")
    .limit(1)
    .executeTakeFirstOrThrow();
  const count = mostLines.book + 1;
  await sql`
    insert into register_lines (line_id, register, entity_id, year, running, number, at, event_id, kind, facts, search, grams)
    select 'line_' || gen_random_uuid(), 'inspection', ${crew.entityId}, 2026, n, 'LX-I-2026-' || n, date_trunc('milliseconds', now()), ${eventId}, 'x', '{}', '', '{}'
    from generate_series(1, ${count}) n`.execute(on.env.db);
  const asked = { register: "inspection", language: "en", filter: {} } as const;
  await assert.rejects(exports.begin(crew.people.inspector, { ...asked, format: "book" }), {
    code: "register.export-too-long",
    message: /More than 10000 lines/,
  });
  let made = await exports.begin(crew.people.inspector, { ...asked, format: "csv" });
  // How often it is looked at depends on the machine; whenever it is, it has come no less far than before.
  for (let before = 0; made.state === "making"; before = made.done) {
    assert.ok(made.done >= before && made.done <= count && made.total === count);
    made = await exports.get(crew.people.inspector, made.exportId);
  }
  assert.deepEqual([made.state, made.done, made.total], ["ready", count, count]);
});
