import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { transact } from "../../platform/db.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { answerCheck } from "../checks/answer-check.ts";
import { listChecks } from "../checks/read-model.ts";
import { addSafeInTest } from "../custody/test-custody.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { readInvitation } from "../identity/invitations.ts";
import { beginMatter } from "../matters/ask-matter.ts";
import { getMatter, readSteps } from "../matters/store.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { askForPerson } from "../organisation/people-service.ts";
import { changeSealState } from "../seals/service.ts";
import { inviteImported } from "./ask-import.ts";
import { openFirstStockTakes } from "./first-stock-take.ts";
import { closeOldBook, listOldBooks } from "./old-books.ts";
import { previewImport, previewMatter } from "./preview.ts";
import { askForImportInTest, handInTest, handSheetsInTest, type TestSheet, workbookOf } from "./test-import.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const count = async (table: "units" | "people" | "seals" | "grants" | "containers"): Promise<number> => {
  const row = await place.env.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<string>().as("n"))
    .executeTakeFirstOrThrow();
  return Number(row.n);
};
const approve = (matterId: string) => approveMatterInTest(place.env, matterId, crew.people.signatory);

const units: TestSheet = [
  "部门",
  "上级部门|部门代码|名称（中文）|Name (English)",
  "D10|D11|一车间|Shop 1",
  "|D10|厂部|Plant",
];
const people: TestSheet = [
  "People",
  "Sign-in name or e-mail|姓名|Unit|Roles",
  "Ｗang.one@example.com|王一|D11|",
  "li.two|李二|厂部|监印人",
  "stranger|中 stranger|D10|检查人",
];
const containers: TestSheet = [
  "柜",
  "名称|容器类型|地点|监控|重要印章|锁具",
  "1 号柜|密码柜|一楼|否|否|密码 5 = li.two",
];
const sealHeads = "印章编号|印章全称|印章类型|部门|形状|宽|保管人|代管人|存放容器|状态|枚数|印模|备案号|刻制日期|备注";
const seals: TestSheet = [
  "印章台账",
  sealHeads,
  "CB-01|厂部章|部门章|D10|圆形|38|custodian||1号柜|在用|1|cb01.PNG|3301|2020-02-03|旧台账第 7 页",
  "CB-02|旧部门章|部门章||圆形|40|wang.one@example.com|||停用|2|||2019年5月1日|",
].map((line) => line.replace("1号柜", "1 号柜")) as unknown as TestSheet;
const authorisations: TestSheet = ["授权", "被授权人|印章编号|有效期至|授权事项", "keeper|CB-02|2099-12-31|报关单"];

test("C11 units, people and containers are asked for by one, decided by another, and made all at once", async () => {
  const { env } = place;
  const { administrator, signatory, stranger } = crew.people;
  const before = [await count("units"), await count("people"), await count("grants"), await count("containers")];
  const fileId = await handSheetsInTest(env, administrator, units, people, containers, seals);
  const { entityId } = crew;
  const handed = await handInTest(env, administrator, "stock.xlsx", await workbookOf([seals, people]));
  assert.deepEqual(
    handed.sheets.map((sheet) => sheet.lines),
    [seals.length - 2, people.length - 2],
    "the heads are no line",
  );
  const preview = await previewImport(env, administrator, { entityId, fileIds: [fileId] });
  assert.deepEqual(
    preview.parts.map(({ part, make, there, refused, refusals }) => [
      part,
      make,
      there,
      refused,
      refusals.map((one) => one.code),
    ]),
    [
      ["batch-import", 6, 0, 0, []],
      // The picture was not handed in.
      ["opening-stock", 1, 0, 1, ["import.lines-refused", "import.people-first"]],
    ],
  );
  assert.deepEqual(
    preview.lines[0]?.faults.map((one) => [one.column?.zh, one.refusal.code]),
    [["印模图片", "import.picture-missing"]],
  );
  const asked = { entityId, part: "batch-import", fileIds: [fileId] } as const;
  assert.deepEqual(await codesOf(askForImportInTest(env, crew.people.applicant, asked)), ["subject.not-found"]);
  // What another handed in is not there for him.
  assert.deepEqual(await codesOf(askForImportInTest(env, crew.people.sealAdministrator, asked)), [
    "import.file-changed",
    "import.nothing-to-make",
  ]);
  const { matterId, state } = await askForImportInTest(env, administrator, asked);
  assert.equal(state, "in-review");
  assert.deepEqual(await codesOf(askForImportInTest(env, administrator, asked)), ["matter.reserved"]);
  assert.deepEqual(
    [await count("units"), await count("people"), await count("grants"), await count("containers")],
    before,
  );
  // Who is there already and gets a role does not decide; he sees what it is about.
  const [step] = await readSteps(env.db, await getMatter(env.db, matterId));
  assert.deepEqual(step?.candidates, [signatory]);
  assert.equal((await previewMatter(env, stranger, matterId)).lines.length, 8);
  assert.deepEqual(await codesOf(previewMatter(env, crew.people.applicant, matterId)), ["subject.not-found"]);
  assert.deepEqual(await codesOf(inviteImported(env, signatory, matterId)), ["subject.not-found"]);
  assert.equal(await approve(matterId), "done");

  const made = await env.db
    .selectFrom("units")
    .select(["code", "parent_unit_id", "unit_id"])
    .where("code", "is not", null)
    .orderBy("code")
    .execute();
  assert.deepEqual(
    made.map((one) => one.code),
    ["D10", "D11"],
  );
  assert.equal(made[1]?.parent_unit_id, made[0]?.unit_id);
  const persons = await env.db
    .selectFrom("people")
    .select(["login", "state", "asked_by"])
    .where("state", "=", "invited")
    .orderBy("login")
    .execute();
  assert.deepEqual(persons, [
    { login: "Wang.one@example.com", state: "invited", asked_by: administrator },
    { login: "li.two", state: "invited", asked_by: administrator },
  ]);
  const roles = await env.db
    .selectFrom("grants as g")
    .innerJoin("people as p", "p.person_id", "g.person_id")
    .select(["p.login", "g.role", "g.state"])
    .where("g.role", "in", ["supervisor", "inspector"])
    .where("p.login", "in", ["li.two", "stranger"])
    .orderBy("p.login")
    .execute();
  assert.deepEqual(roles, [
    { login: "li.two", role: "supervisor", state: "given" },
    { login: "stranger", role: "inspector", state: "given" },
  ]);
  const holding = await env.db.selectFrom("lock_holdings").select("matter_id").where("to_at", "is", null).execute();
  assert.deepEqual(holding, [{ matter_id: matterId }]);
  // The same sheet once more makes nothing.
  const again = await previewImport(env, administrator, { entityId, fileIds: [fileId] });
  assert.deepEqual(
    again.parts[0]?.refusals.map((one) => one.code),
    ["import.nothing-to-make"],
  );

  const first = await inviteImported(env, administrator, matterId);
  assert.deepEqual(first.items.map((one) => one.name.zh).toSorted(), ["李二", "王一"].toSorted());
  const token = first.items[0]?.link.split("/").at(-1) ?? "";
  assert.equal((await readInvitation(env, token)).login, first.items[0]?.login);
  assert.deepEqual((await inviteImported(env, administrator, matterId)).items, []);
});

test("what changed between asking and deciding stops the whole import, and a line with an error stops it before", async () => {
  const { env } = place;
  const { administrator, signatory } = crew.people;
  const { entityId, unitId } = crew;
  const sheet: TestSheet = ["people", "login|姓名|角色", "new.one|新一|", "new.two|新二|检查人"];
  const fileIds = [await handSheetsInTest(env, administrator, sheet)];
  const before = [await count("people"), await count("grants")];
  const { matterId } = await askForImportInTest(env, administrator, { entityId, part: "batch-import", fileIds });
  const guest = { name: { en: "Other", zh: "别人" }, login: "NEW.ONE", guest: false, unitId, entityId, grants: [] };
  await askForPerson(env, administrator, guest);
  assert.deepEqual(await codesOf(approveMatterInTest(env, matterId, signatory)), ["import.lines-refused"]);
  assert.deepEqual([await count("people"), await count("grants")], [(before[0] ?? 0) + 1, before[1]]);
  assert.equal((await getMatter(env.db, matterId)).state, "in-review");
  const wrong = [
    await handSheetsInTest(env, administrator, ["people", "login|姓名|部门", "x.one|甲|D99", "x.two|乙|"]),
  ];
  assert.deepEqual(
    await codesOf(askForImportInTest(env, administrator, { entityId, part: "batch-import", fileIds: wrong })),
    ["import.lines-refused"],
  );
  await env.db.updateTable("matters").set({ state: "withdrawn" }).where("matter_id", "=", matterId).execute();
  await env.db.deleteFrom("matter_reservations").where("matter_id", "=", matterId).execute();
});

test("C23 seals of the opening stock come by one decision, have their custody, and are used when a stock-take found them", async () => {
  const { env } = place;
  const { sealAdministrator, custodian, keeper } = crew.people;
  const { entityId } = crew;
  const picture = await handInTest(env, sealAdministrator, "CB01.png", redPicture());
  assert.equal(picture.kind, "picture");
  // Whom the sheet gives a role does not decide on it, and there is no other signatory.
  const own = await handSheetsInTest(env, sealAdministrator, seals, [
    ...authorisations,
    "signatory|CB-01|2099-12-31|x",
  ]);
  const asked = { entityId, part: "opening-stock", fileIds: [own, picture.fileId] } as const;
  assert.deepEqual(await codesOf(askForImportInTest(env, sealAdministrator, asked)), ["matter.nobody-decides"]);
  const fileIds = [await handSheetsInTest(env, sealAdministrator, seals, authorisations), picture.fileId];
  const { matterId } = await askForImportInTest(env, sealAdministrator, { entityId, part: "opening-stock", fileIds });
  assert.equal(await count("seals"), 0);
  const [step] = await readSteps(env.db, await getMatter(env.db, matterId));
  assert.ok(!step?.candidates.includes(custodian) && !step?.candidates.includes(keeper));
  // Who decides looks at the impressions; nobody else does before they are kept.
  const decided = (await previewMatter(env, crew.people.signatory, matterId)).lines;
  const keepers = await env.db
    .selectFrom("people")
    .select(["name_en as en", "name_zh as zh"])
    .where("person_id", "=", custodian)
    .execute();
  assert.deepEqual(decided.find((one) => one.subject.includes("CB-01"))?.custodians, keepers, "he sees who keeps it");
  const shown = decided.flatMap((one) => one.pictures);
  assert.equal((await requireSeesEvidence(env, crew.people.signatory, shown[0] ?? "")).name, "CB01.png");
  assert.deepEqual(await codesOf(requireSeesEvidence(env, crew.people.applicant, shown[0] ?? "")), [
    "subject.not-found",
  ]);
  assert.equal(await approve(matterId), "done");
  const bodies = await env.db
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select([
      "b.body_id",
      "b.number",
      "b.state",
      "b.to_confirm",
      "s.state as seal_state",
      "s.seal_id",
      "b.engraved_on",
      "b.remark",
    ])
    .where("s.matter_id", "=", matterId)
    .orderBy("b.number")
    .execute();
  assert.deepEqual(
    bodies.map((body) => [body.number, body.state, body.seal_state, body.to_confirm, body.engraved_on]),
    [
      ["CB-01/1", "awaiting-issue", "awaiting-issue", true, "2020-02-03"],
      ["CB-02/1", "stopped", "stopped", true, "2019-05-01"],
      ["CB-02/2", "stopped", "stopped", true, "2019-05-01"],
    ],
  );
  const postings = await env.db
    .selectFrom("custody_postings")
    .select(["book", "to_account"])
    .where("body_id", "=", bodies[0]?.body_id ?? "")
    .orderBy("book")
    .execute();
  assert.equal(postings[0]?.to_account, `person:${custodian}`);
  assert.match(postings[1]?.to_account ?? "", /^container:/);
  const lines = await env.db
    .selectFrom("register_lines")
    .select(["register", "kind"])
    .where("matter_id", "=", matterId)
    .orderBy("register")
    .orderBy("kind")
    .execute();
  assert.deepEqual(
    lines.map((line) => `${line.register} ${line.kind}`),
    [...Array(3).fill("authority given"), ...Array(3).fill("custody opening"), ...Array(2).fill("seal opening-stock")],
  );
  const open = await env.db
    .selectFrom("grants")
    .select("to_on")
    .where("person_id", "=", keeper)
    .where("role", "=", "signatory")
    .execute();
  assert.deepEqual(open, [{ to_on: "2099-12-31" }]);

  const [piece] = bodies;
  const { seal_id: sealId, body_id: bodyId } = piece ?? assert.fail();
  const by = { actorId: sealAdministrator, reason: null };
  assert.deepEqual(await codesOf(transact(env.db, (tx) => changeSealState(tx, env, sealId, "put-in-use", by))), [
    "seal.not-confirmed",
  ]);
  await assert.rejects(
    env.db.updateTable("seal_bodies").set({ to_confirm: false }).where("body_id", "=", bodyId).execute(),
    /found it/,
  );
  await assert.rejects(
    env.db.updateTable("seal_bodies").set({ state: "in-use" }).where("body_id", "=", bodyId).execute(),
    /confirmed/,
  );

  await openFirstStockTakes(env);
  await openFirstStockTakes(env);
  const checks = await env.db.selectFrom("storage_checks").selectAll().execute();
  assert.deepEqual(
    checks.map((check) => [check.kind, check.opened_by]),
    [["stock-take", null]],
  );
  const checkId = checks[0]?.check_id ?? "";
  const photoOf = (personId: string) =>
    uploadEvidence(env, personId, { stream: Readable.from([Buffer.from(redPicture())]), fileName: "now.png" });
  const containerId = postings[1]?.to_account.slice("container:".length) ?? "";
  // Neither who wrote the sheet nor who keeps the piece says that it is true; whoever may is asked, and told to all.
  const answerAs = async (personId: string) =>
    codesOf(
      answerCheck(env, personId, {
        ...{ checkId, bodyId, containerId, holderId: null, counter: null, note: "" },
        evidenceId: (await photoOf(personId)).evidenceId,
      }),
    );
  for (const own of [sealAdministrator, custodian]) assert.deepEqual(await answerAs(own), ["check.confirm-own"]);
  const ofCustodian = (await listChecks(env, custodian)).items[0]?.items.find((one) => one.bodyId === bodyId);
  assert.deepEqual(
    [ofCustodian?.mayAnswer, ofCustodian?.confirmers?.map((one) => one.personId)],
    [false, [crew.people.inspector]],
  );
  const tasks = await env.db
    .selectFrom("tasks")
    .select(["kind", "assignee_id"])
    .where("subject_key", "like", `${checkId}%`)
    .execute();
  assert.deepEqual(tasks, [{ kind: "confirm-pieces", assignee_id: crew.people.inspector }]);
  assert.deepEqual(await answerAs(crew.people.inspector), []);
  const now = await env.db
    .selectFrom("seal_bodies")
    .select(["state", "to_confirm"])
    .where("body_id", "=", bodyId)
    .executeTakeFirst();
  // Found where the book says; it is put in use once a deputy is named for it too and all have confirmed.
  assert.deepEqual(now, { state: "awaiting-issue", to_confirm: false });
  assert.deepEqual(await codesOf(transact(env.db, (tx) => changeSealState(tx, env, sealId, "put-in-use", by))), [
    ...["seal.deputy-missing", "seal.position-unconfirmed", "seal.position-unconfirmed"],
  ]);
  // One that is not where the book says stays to be confirmed.
  const missing = bodies[1]?.body_id ?? "";
  await answerCheck(env, crew.people.inspector, {
    checkId,
    bodyId: missing,
    containerId: null,
    counter: null,
    holderId: null,
    evidenceId: null,
    note: "",
  });
  const left = await env.db
    .selectFrom("seal_bodies")
    .select("to_confirm")
    .where("body_id", "=", missing)
    .executeTakeFirst();
  assert.deepEqual(left, { to_confirm: true });
});

test("C23 a seal is refused by the table itself while its matter is not approved", async () => {
  const { env } = place;
  const { face_shape: _, ...seal } = await env.db.selectFrom("seals").selectAll().executeTakeFirstOrThrow();
  const draft = await env.db
    .selectFrom("matters")
    .select("matter_id")
    .where("state", "=", "withdrawn")
    .executeTakeFirstOrThrow();
  const row = { ...seal, seal_id: "seal_x", number: "X", face: JSON.stringify(seal.face), matter_id: draft.matter_id };
  await assert.rejects(env.db.insertInto("seals").values(row).execute(), /approved/);
});

test("C22 a custodian of two seals that lie apart is told before anything is asked for", async () => {
  const { env } = place;
  const { sealAdministrator, custodian, secondCustodian } = crew.people;
  const { containerId } = await addSafeInTest(env, crew, [custodian, secondCustodian]);
  assert.ok(containerId);
  const sheet: TestSheet = [
    "seals",
    sealHeads,
    "F-1|财务章|财务专用章||圆形|38|custodian|secondcustodian|Safe||||||",
    "N-1|名章|法定代表人名章||方形|20|custodian|||||||||",
  ];
  const preview = await previewImport(env, sealAdministrator, {
    entityId: crew.entityId,
    fileIds: [await handSheetsInTest(env, sealAdministrator, sheet)],
  });
  const told = preview.lines.flatMap((line) => line.faults.map((fault) => fault.refusal.code));
  assert.ok(told.filter((code) => code === "custody.finance-and-name-seal").length === 2, told.join());
});

test("C23 a draft that names another's picture does not show it", async () => {
  const { env } = place;
  const { sealAdministrator, keeper } = crew.people;
  const { fileId, digest } = await handInTest(env, keeper, "his.png", redPicture());
  const { evidenceId } = await env.db
    .selectFrom("import_files")
    .select("evidence_id as evidenceId")
    .where("file_id", "=", fileId)
    .executeTakeFirstOrThrow();
  await beginMatter(env, sealAdministrator, "opening-stock", {
    ...{ entityId: crew.entityId, unitId: null, sealId: null, bodyId: null, personId: null, effectiveOn: null },
    ...{ title: "x", reason: "x", data: { files: [{ fileId, digest }], concerned: [], counts: {} } },
  });
  assert.equal((await requireSeesEvidence(env, keeper, evidenceId ?? "")).name, "his.png");
  assert.deepEqual(await codesOf(requireSeesEvidence(env, sealAdministrator, evidenceId ?? "")), ["subject.not-found"]);
});

test("one who asks for many previews at once is served the newest, and none is refused for being quick", async () => {
  const { env } = place;
  const { administrator } = crew.people;
  const wanted = { entityId: crew.entityId, fileIds: [await handSheetsInTest(env, administrator, units)] };
  const told = await Promise.all(Array.from({ length: 8 }, () => codesOf(previewImport(env, administrator, wanted))));
  assert.deepEqual(told.at(-1), [], "what was asked for last");
  assert.deepEqual(told.flat(), Array(5).fill("import.superseded"));
  assert.deepEqual(await codesOf(previewImport(env, administrator, wanted)), []);
});

test("files that are no sheet, too large or without an impression leave nothing", async () => {
  const { env } = place;
  const { administrator } = crew.people;
  const files = () => env.db.selectFrom("import_files").select("file_id").execute();
  const before = await files();
  const hand = (name: string, bytes: Uint8Array) => codesOf(handInTest(env, administrator, name, bytes));
  assert.deepEqual(await hand("a.xlsx", Buffer.from("%PDF-1.7 \0 not a sheet")), ["import.not-a-sheet"]);
  assert.deepEqual(await hand("seal.JPG", Buffer.from("words, and no picture\n")), ["import.not-a-picture"]);
  assert.deepEqual(await hand("a.csv", Buffer.alloc(30 * 1024 * 1024 + 1, 65)), ["import.too-large"]);
  assert.deepEqual(await hand("a.csv", Buffer.alloc(11 * 1024 * 1024, 65)), ["import.too-large"]);
  const { encode } = await import("fast-png");
  const blank = encode({ width: 50, height: 50, data: new Uint8Array(7500).fill(255), channels: 3, depth: 8 });
  assert.deepEqual(await hand("photo.xlsx", blank), ["import.no-impression"]);
  assert.deepEqual(await files(), before);
  const unknown = await handInTest(env, administrator, "x.csv", Buffer.from("colour,weight\nred,3\n"));
  const preview = await previewImport(env, administrator, { entityId: crew.entityId, fileIds: [unknown.fileId] });
  assert.deepEqual(
    preview.sheets.map((sheet) => sheet.refusal?.code),
    ["import.sheet-unknown"],
  );
});

test("C24 an old book is closed with its last number, its scans kept, and stands in its register", async () => {
  const { env } = place;
  const { sealAdministrator, applicant, inspector } = crew.people;
  const { evidenceId } = await uploadEvidence(env, sealAdministrator, {
    stream: Readable.from([Buffer.from(redPicture())]),
    fileName: "book.png",
  });
  const book = {
    ...{
      entityId: crew.entityId,
      register: "use" as const,
      title: "用印登记簿第 3 册",
      from: "2019-01-01",
      to: "2024-12-31",
    },
    ...{ lastNumber: "2024-1187", place: "档案室", evidenceIds: [evidenceId] },
  };
  assert.deepEqual(await codesOf(closeOldBook(env, applicant, book)), ["subject.not-found"]);
  assert.deepEqual(await codesOf(closeOldBook(env, sealAdministrator, { ...book, to: "2098-01-01" })), [
    "input.incomplete",
  ]);
  const { bookId } = await closeOldBook(env, sealAdministrator, book);
  // Closed once: another entry would be a second last number of one book.
  assert.deepEqual(await codesOf(closeOldBook(env, sealAdministrator, { ...book, to: "2024-11-30" })), [
    "import.book-closed",
  ]);
  assert.deepEqual(
    (await listOldBooks(env, inspector)).items.map((one) => [one.lastNumber, one.evidenceIds.length]),
    [["2024-1187", 1]],
  );
  assert.deepEqual((await listOldBooks(env, applicant)).items, []);
  const line = await env.db
    .selectFrom("register_lines")
    .select("kind")
    .where("register", "=", "use")
    .executeTakeFirst();
  assert.equal(line?.kind, "old-book");
  await assert.rejects(
    env.db.updateTable("old_books").set({ last_number: "1" }).where("book_id", "=", bookId).execute(),
    /denied/,
  );
  await assert.rejects(
    env.db.insertInto("old_book_scans").values({ book_id: bookId, position: 9, evidence_id: evidenceId }).execute(),
    /keeps the scans it was closed with/,
  );
});
