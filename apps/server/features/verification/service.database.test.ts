import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { routes } from "@chancery/api";
import { hashLeaf, parseTlogProof, verifyTlogProof } from "@chancery/ledger";
import { sql } from "kysely";
import type { Call } from "../../platform/call.ts";
import { newId } from "../../platform/ids.ts";
import { asForm, createTestApp } from "../../platform/test-app.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { walkToReserved } from "../../platform/test-walk.ts";
import { verifyEd25519 } from "../ledger/keys.ts";
import { findGrantLeaves } from "../ledger/read-model.ts";
import { sha256 } from "../ledger/record-event.ts";
import { ledgerHandlers } from "../ledger/routes.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { append, formOf, signAsStranger } from "../sealing/test-changes.ts";
import { readSealFace } from "../seals/face.ts";
import { openSealSigner } from "../seals/keys.ts";
import { verificationHandlers } from "./routes.ts";
import { verifyFile } from "./service.ts";
import { verifyInWorker } from "./verify-in-worker.ts";

let on: TestEnvironment;
let crew: TestCrew;
let sealId: string;
let sealed: Buffer;
let number: string;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  sealId = await crew.registerSeal("contract", "LX-02");
  const made = await sealContract(2);
  [sealed, number] = [made.bytes, made.number];
});
after(() => on.close());

async function sealContract(
  placements: number,
  pdf?: Buffer,
): Promise<{ bytes: Buffer; number: string; requestId: string }> {
  const { env } = on;
  const requestId = await walkToReserved(env, crew, sealId, { placements, ...(pdf ? { pdf } : {}) });
  const ports = {
    openSigner: (id: string) => openSealSigner(env, id),
    readFace: (id: string) => readSealFace(env, id),
    reached: () => undefined,
  };
  await runSealJob(env, ports, requestId);
  await on.ledger.drain();
  const row = await env.db
    .selectFrom("request_documents as d")
    .innerJoin("seal_use_requests as r", "r.request_id", "d.request_id")
    .select(["d.sealed_digest", "r.number"])
    .where("d.request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const file = await env.files.read(row.sealed_digest ?? "");
  assert.ok(file.ok);
  return { bytes: file.bytes, number: row.number ?? "", requestId };
}

/** Every answer is checked against the contract, and that it is complete in both languages. */
async function verify(bytes: Uint8Array, name = "file.pdf") {
  const answer = routes["POST /v1/verifications"].response.parse(await verifyFile(on.env, on.ledger, { name, bytes }));
  for (const { en, zh } of [
    answer.headline,
    answer.explanation,
    ...answer.findings.flatMap((one) => [one.word, one.reason]),
  ]) {
    assert.ok(en.length > 0 && zh.length > 0);
    assert.match(zh, /[\u4e00-\u9fff]/, zh);
    assert.doesNotMatch(`${en}${zh}`, /undefined|null|NaN/);
  }
  return answer;
}
const now = (): number => on.env.clock.now();
const answers = (answer: Awaited<ReturnType<typeof verify>>): string =>
  answer.findings.map((finding) => finding.answer).join(" ");

describe("a file that was sealed here", () => {
  it("is as it was sealed, and all five findings hold", async () => {
    const answer = await verify(sealed);
    assert.equal(answer.answer, "as-sealed");
    assert.equal(answers(answer), "yes yes yes yes yes", JSON.stringify(answer.findings));
    assert.equal(answer.known?.requestNumber, number);
    assert.equal(answer.file.pages, 1);
    assert.match(answer.known?.seals[0]?.faceSvg ?? "", /^<svg/);
    assert.match(answer.explanation.en, /Lanxi Instruments sealed it on .*\(UTC\+8\)/);
    assert.equal(answer.seals.length, 2);
    assert.equal(answer.trust, "trusted");
  });

  it("comes with a proof that verifies offline and names the file", async () => {
    const { known, file } = await verify(sealed);
    assert.ok(known?.proofUrl);
    const url = new URL(known.proofUrl, "http://localhost");
    const proof = await ledgerHandlers(on.env, on.ledger)["GET /v1/ledger/leaves/:index/proof"](
      { params: { index: known.leaf ?? -1 }, query: { file: url.searchParams.get("file") ?? "" } },
      { signedIn: null } as Call,
    );
    const parsed = parseTlogProof(String(proof.body));
    assert.ok(parsed.ok && parsed.value.extra);
    const ports = { hash: sha256, verify: verifyEd25519 };
    assert.ok(
      (await verifyTlogProof(ports, parsed.value, hashLeaf(sha256, parsed.value.extra), [on.ledger.key.key])).ok,
    );
    assert.ok(Buffer.from(parsed.value.extra).includes(file.digest));
  });

  it("is answered by its digest alone, the same as when the file is sent; so is its original, and nothing else", async () => {
    const lookUp = async (digest: string) =>
      verificationHandlers(on.env, on.ledger)["GET /v1/verifications/:digest"]({ params: { digest } }, {
        address: "192.0.2.9",
      } as Call);
    const sent = await verify(sealed, "");
    const asked = await lookUp(sent.file.digest);
    assert.deepEqual({ ...asked, checkedAt: "" }, { ...sent, checkedAt: "" });
    assert.equal(asked.known?.sealedDigest, sent.file.digest);
    const own = Buffer.concat([testContract(), Buffer.from("% looked up\n")]);
    const digest = `sha256:${createHash("sha256").update(own).digest("hex")}`;
    await assert.rejects(lookUp(digest), /with this digest/);
    await sealContract(1, own);
    const original = await lookUp(digest);
    assert.equal(original.answer, "original-only");
    assert.equal(original.known?.sealedDigest, null, "the digest of the sealed file is for who holds it");
    assert.match(original.known?.sealedDigestHint ?? "", /^[0-9a-f]{8}…[0-9a-f]{8}$/);
    await assert.rejects(lookUp(`sha256:${"0".repeat(64)}`), /with this digest/);
  });

  it("is no longer answered by its digest once the stored file is gone: the file itself has to be sent", async () => {
    const made = await sealContract(1, Buffer.concat([testContract(), Buffer.from("% lost\n")]));
    const digest = `sha256:${createHash("sha256").update(made.bytes).digest("hex")}`;
    await on.env.files.remove(digest);
    const handlers = verificationHandlers(on.env, on.ledger);
    await assert.rejects(
      handlers["GET /v1/verifications/:digest"]({ params: { digest } }, { address: "192.0.2.9" } as Call),
      /with this digest/,
    );
    assert.equal((await verify(made.bytes)).answer, "as-sealed");
  });

  it("brings its ledger entry to the people whose pages show the same event, and to nobody else", async () => {
    const { known } = await verify(sealed);
    const leaf = known?.leaf ?? assert.fail();
    const entryFor = async (personId: string | null, permissions: string[] = []) => {
      const signedIn = personId === null ? null : { personId, permissions: new Set(permissions) };
      const answer = await ledgerHandlers(on.env, on.ledger)["GET /v1/ledger/leaves/:index/proof"](
        { params: { index: leaf }, query: {} },
        { signedIn } as unknown as Call,
      );
      const proof = parseTlogProof(String(answer.body));
      return proof.ok ? proof.value.extra : assert.fail(proof.code);
    };
    const { applicant, custodian, inspector } = crew.people;
    for (const person of [applicant, custodian]) assert.ok(await entryFor(person), person);
    assert.ok(await entryFor(inspector, ["ledger.read-entries"]));
    const guest = newId("per", on.env.clock.now());
    const like = await on.env.db
      .selectFrom("people")
      .selectAll()
      .where("person_id", "=", applicant)
      .executeTakeFirstOrThrow();
    await on.env.db
      .insertInto("people")
      .values({ ...like, person_id: guest, login: "guest", guest: true })
      .execute();
    assert.equal(await entryFor(guest), undefined);
    assert.equal(await entryFor(null), undefined);
  });

  it("brings the entry of a grant to whoever may read the grants", async () => {
    // Of no seal and of somebody else: else a seal's page or the register of authorities shows it.
    const granted = await on.env.db
      .selectFrom("grants")
      .select("grant_id")
      .where("scope_kind", "=", "entity")
      .where("person_id", "<>", crew.people.applicant)
      .limit(3)
      .execute();
    const ids = granted.map((row) => row.grant_id);
    const leaves = await findGrantLeaves(on.env.db, ids);
    assert.deepEqual([...leaves.keys()].sort(), ids.sort());
    const [grantId, leaf] = [...leaves][0] ?? assert.fail();
    const extraFor = async (personId: string) => {
      const answer = await ledgerHandlers(on.env, on.ledger)["GET /v1/ledger/leaves/:index/proof"](
        { params: { index: leaf }, query: {} },
        { signedIn: { personId, permissions: new Set(["organisation.read"]) } } as unknown as Call,
      );
      const proof = parseTlogProof(String(answer.body));
      return proof.ok ? proof.value.extra : assert.fail(proof.code);
    };
    const now = on.env.clock.now();
    const guest = newId("per", now);
    const { organisation_id } = await on.env.db
      .selectFrom("people")
      .select("organisation_id")
      .executeTakeFirstOrThrow();
    await on.env.db
      .insertInto("people")
      .values({
        ...{ person_id: guest, organisation_id, name_en: "Guest", name_zh: "外部人员", login: "guest.of.grants" },
        ...{ guest: true, state: "active", ledger_salt: randomBytes(16), created_at: new Date(now) },
      })
      .execute();
    assert.ok(Buffer.from((await extraFor(crew.people.applicant)) ?? assert.fail()).includes(grantId));
    assert.equal(await extraFor(guest), undefined, "a guest reads no grants of others, on no page");
  });

  it("C17: with any byte flipped is changed, names the original, and never holds", async () => {
    for (const at of [20, Math.floor(sealed.length / 3), sealed.length - 40]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const answer = await verify(changed);
      assert.ok(["changed", "undecided", "unreadable"].includes(answer.answer), `${at}: ${answer.answer}`);
      assert.notEqual(answer.findings[0]?.answer, "yes");
      assert.equal(answer.known?.proofUrl ?? null, null);
    }
    const changed = Buffer.from(sealed);
    changed[20] = (changed[20] ?? 0) ^ 1;
    const answer = await verify(changed);
    assert.equal(answer.answer, "changed");
    assert.equal(answers(answer), "no yes attention attention yes");
    assert.match(answer.explanation.en, new RegExp(`file numbered ${number}`));
  });

  it("C17: with something put behind it is changed", async () => {
    const answer = await verify(Buffer.concat([sealed, Buffer.from("\n1 0 obj << >> endobj\n%%EOF\n")]));
    assert.equal(answer.answer, "changed");
  });

  it("C17: signed by a stranger over the whole page is changed, and the finding names the page", async () => {
    const answer = await verify(await signAsStranger(sealed, { xMm: 0, yMm: 0, widthMm: 209, heightMm: 296 }, now()));
    assert.equal(answer.answer, "changed");
    assert.match(answer.findings[0]?.reason.en ?? "", /put over page 1 afterwards/);
    assert.match(answer.findings[0]?.reason.zh ?? "", /第 1 页/);
  });

  it("C17: signed by a stranger as a party signs is unchanged inside, and the finding names the page", async () => {
    const answer = await verify(await signAsStranger(sealed, { xMm: 140, yMm: 5, widthMm: 60, heightMm: 30 }, now()));
    assert.equal(answer.answer, "as-sealed-changed-allowed", JSON.stringify(answer.seals.map((one) => one.reasons)));
    assert.match(answer.findings[0]?.reason.en ?? "", /signed later on page 1/);
  });

  it("C17: with another value in a field that was filled when it was sealed is changed", async () => {
    const field = "<< /FT /Tx /T (sum) /V (100) /Type /Annot /Subtype /Widget /Rect [9 9 90 30]";
    const pdf = testContract({
      catalog: "/AcroForm << /Fields [6 0 R] >>",
      page: "/Annots [6 0 R]",
      objects: [`${field} /AP << /N 7 0 R >> >>`, formOf("(100) Tj")],
    });
    const { bytes } = await sealContract(1, pdf);
    assert.equal((await verify(bytes)).answer, "as-sealed");
    const answer = await verify(append(bytes, { 6: `${field.replace("100", "900")} /AP << /N 7 0 R >> >>` }));
    assert.equal(answer.answer, "changed", JSON.stringify(answer.seals.map((one) => one.reasons)));
  });

  it("cut back to its first seal is not called as sealed", async () => {
    const first = sealed.indexOf("%%EOF", sealed.indexOf("/ByteRange"));
    const answer = await verify(sealed.subarray(0, first + 6));
    assert.ok(["undecided", "changed"].includes(answer.answer), answer.answer);
    assert.equal(answer.known?.requestNumber, number);
  });

  it("with a permitted addition is unchanged inside, and the addition is told", async () => {
    const answer = await verify(append(sealed));
    assert.equal(answer.answer, "as-sealed-changed-allowed", JSON.stringify(answer.seals.map((one) => one.reasons)));
    assert.equal(answers(answer), "attention yes yes yes yes");
    assert.ok(answer.known?.proofUrl);
  });

  it("shows the state of the seal today", async () => {
    await sql`update seals set state = 'frozen' where seal_id = ${sealId}`.execute(on.env.db);
    const answer = await verify(sealed);
    await sql`update seals set state = 'in-use' where seal_id = ${sealId}`.execute(on.env.db);
    assert.equal(answer.answer, "as-sealed");
    assert.deepEqual(answer.findings[4]?.word, { en: "Frozen", zh: "已冻结" });
    assert.equal(answer.findings[4]?.answer, "attention");
  });

  it("tells when its certificate was revoked afterwards, without taking back what held then", async () => {
    await sql`update certificates set revoked_at = now() + interval '1 day' where seal_id = ${sealId}`.execute(
      on.env.db,
    );
    const answer = await verify(sealed);
    assert.equal(answer.findings[1]?.answer, "yes");
    assert.match(answer.findings[1]?.reason.en ?? "", /revoked later/);
    await sql`update certificates set revoked_at = now() - interval '1 day' where seal_id = ${sealId}`.execute(
      on.env.db,
    );
    assert.equal((await verify(sealed)).findings[1]?.answer, "no");
    await sql`update certificates set revoked_at = null where seal_id = ${sealId}`.execute(on.env.db);
  });

  it("before its sealing is the original only", async () => {
    const pdf = Buffer.concat([testContract(), Buffer.from("% another\n")]);
    assert.equal((await verify(pdf)).answer, "not-sealed");
    const made = await sealContract(1, pdf);
    const answer = await verify(pdf);
    assert.equal(answer.answer, "original-only");
    assert.equal(answers(answer), "attention attention attention attention yes");
    assert.equal(answer.known?.requestNumber, made.number);
    assert.equal(answer.known?.proofUrl, null);
    assert.equal(answer.findings[0]?.word.en, "Original only");
  });

  it("C23: with a seal made by our key that nobody recorded is not believed", async () => {
    const { env } = on;
    const pdf = Buffer.concat([testContract(), Buffer.from("% a third\n")]);
    const requestId = await walkToReserved(env, crew, sealId, { pdf });
    const before = new Set(await Array.fromAsync(env.files.list(), ({ digest }) => digest));
    const ports = {
      openSigner: (id: string) => openSealSigner(env, id),
      readFace: (id: string) => readSealFace(env, id),
      reached: (step: string) => {
        if (step === "file-stored") throw new Error("ended between storing and settling");
      },
    };
    await assert.rejects(runSealJob(env, ports, requestId), /ended between/);
    const left = (await Array.fromAsync(env.files.list(), ({ digest }) => digest)).filter((one) => !before.has(one));
    assert.equal(left.length, 1);
    const file = await env.files.read(left[0] ?? "");
    assert.ok(file.ok);
    const answer = await verify(file.bytes);
    assert.equal(answer.verdict, "valid");
    assert.equal(answer.answer, "undecided");
    assert.match(answer.headline.en, /carries our seal, but no sealing of it is recorded/);
    assert.deepEqual(
      answer.findings.map((one) => one.answer),
      ["unknown", "attention", "no", "no", "yes"],
    );
    assert.equal(answer.known, null);
  });
});

describe("any other file", () => {
  it("that is no PDF cannot be read", async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from("hello"), Buffer.alloc(5000, 0x25), Buffer.from("%PDF-1.7\n")]) {
      const answer = await verify(bytes);
      assert.equal(answer.answer, "unreadable", JSON.stringify(answer));
      assert.equal(answers(answer), "unknown unknown unknown unknown unknown");
    }
  });

  it("without a seal is said to carry none", async () => {
    const answer = await verify(Buffer.concat([testContract(), Buffer.from("% never seen\n")]));
    assert.equal(answer.answer, "not-sealed");
    assert.equal(answer.known, null);
  });

  const samples = process.env.SAMPLES_DIR ?? fileURLToPath(new URL("../../../../../shared/samples", import.meta.url));
  const index = join(samples, "pdf-signed", "INDEX.json");
  it("sealed elsewhere is answered honestly, without our trust", {
    skip: existsSync(index) ? false : "the samples are not here",
  }, async () => {
    const listed = JSON.parse(readFileSync(index, "utf8")) as unknown;
    const entries = (Array.isArray(listed) ? listed : Object.values(listed as object).find(Array.isArray)) as {
      file: string;
    }[];
    const seen = new Set<string>();
    for (const { file } of entries.slice(0, 24)) {
      const path = [join(samples, "pdf-signed", file), join(samples, "pdf-signed", "files", file)].find(existsSync);
      assert.ok(path, file);
      const answer = await verify(readFileSync(path), file);
      seen.add(answer.answer);
      assert.equal(answer.known, null);
      assert.ok(!["as-sealed", "as-sealed-changed-allowed", "changed", "original-only"].includes(answer.answer), file);
      assert.notEqual(answer.trust, "trusted", file);
    }
    assert.ok(seen.has("foreign-intact"), [...seen].join());
  });

  it("that is larger than the limit is refused and not judged", async () => {
    const handlers = verificationHandlers(on.env, on.ledger);
    const send = (stream: Readable) =>
      handlers["POST /v1/verifications"]({}, {
        upload: async () => ({ stream, fileName: "a.pdf" }),
        address: "192.0.2.9",
      } as unknown as Call);
    const megabyte = Buffer.alloc(1024 * 1024, 0x20);
    await assert.rejects(send(Readable.from(Array.from({ length: 51 }, () => megabyte))), { code: "file.too-large" });
    assert.equal((await send(Readable.from([sealed]))).answer, "as-sealed");
  });

  it("that takes too long, or more at once than are let in, ends in an answer", async () => {
    const slow = await verifyInWorker({ bytes: sealed }, 0);
    assert.deepEqual([slow.verdict, slow.code], ["indeterminate", "verify.too-slow"]);
    const all = await Promise.allSettled(Array.from({ length: 30 }, () => verifyInWorker({ bytes: sealed }, 0)));
    const refused = all.filter((one) => one.status === "rejected");
    assert.equal(refused.length, 8);
    assert.match(String(refused[0]?.reason), /Many files/);
    assert.equal((await verifyInWorker({ bytes: sealed })).verdict !== "error", true);
  });

  it("and that one address sends more of than its turns is refused with the time to come back", async () => {
    const app = await createTestApp(on);
    const form = await asForm(sealed, "contract.pdf");
    const send = (remoteAddress: string) =>
      app.app.inject({
        ...{ method: "POST", url: "/v1/verifications", remoteAddress, payload: form.payload },
        headers: { host: "localhost:8080", ...form.headers },
      });
    const answers = await Promise.all([...Array.from({ length: 6 }, () => send("192.0.2.1")), send("192.0.2.2")]);
    const statuses = answers.map((one) => one.statusCode);
    assert.deepEqual(statuses.toSorted(), [200, 200, 200, 200, 429, 429, 429]);
    assert.equal(statuses.at(-1), 200, "another address is not held up");
    const refused = answers.find((one) => one.statusCode === 429);
    assert.match(refused?.body ?? "", /verification\.too-many-here/);
    assert.match(String(refused?.headers["retry-after"]), /^\d+$/);
    await app.app.close();
  });
});
