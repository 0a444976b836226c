import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { encodePem, issueRevocationList, issueRootCertificate, issueSealCertificate } from "@chancery/pki";
import { runChancery } from "./dispatch.ts";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chancery-cli-"));
after(() => rmSync(folder, { recursive: true }));
const place = (name: string): string => join(folder, name);

/** Runs a command in this process. */
async function run(
  args: readonly string[],
  language: "en" | "zh" = "en",
): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await runChancery(args, {
    out: (line) => {
      out += `${line}\n`;
    },
    err: (line) => {
      err += `${line}\n`;
    },
    language,
  });
  return { code, out, err };
}

/** Starts the command as a process of its own. */
function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}, node = process.execPath, file = main) {
  const env = { ...process.env, LC_ALL: "", LANG: "en_GB.UTF-8", ...environment };
  const { status, stdout, stderr } = spawnSync(node, [file, ...args], { env, encoding: "utf8", timeout: 60_000 });
  return { code: status, out: stdout, err: stderr };
}

function writePdf(name: string): string {
  const parts = [
    "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
    "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>\nendobj\n",
  ];
  let text = "%PDF-1.7\n";
  let rows = "0000000000 65535 f \n";
  for (const part of parts) {
    rows += `${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += part;
  }
  text += `xref\n0 4\n${rows}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  writeFileSync(place(name), text);
  return place(name);
}

const pair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
const day = 86_400_000;
const common = (commonName: string) => ({
  subject: { commonName, organisation: "Acme 公司" },
  serial: randomBytes(16),
  notBefore: Date.now() - 2 * day,
  notAfter: Date.now() + day,
});

function expectValue<Value>(outcome: { ok: true; value: Value } | { ok: false; code: string }): Value {
  return outcome.ok ? outcome.value : assert.fail(outcome.code);
}

/** A root in a folder for --trust, a seal below it, and a list that revokes the seal. */
function writeKey(): { key: string; cert: string; root: string; revoked: string } {
  const [above, own] = [pair(), pair()];
  const root = expectValue(issueRootCertificate({ ...common("CLI root"), key: above.privateKey }));
  const issuer = { certificate: root, key: above.privateKey };
  const leaf = expectValue(issueSealCertificate({ ...common("CLI test"), publicKey: own.publicKey, issuer }));
  const list = expectValue(
    issueRevocationList({
      issuer,
      number: 1,
      thisUpdate: Date.now() - day,
      nextUpdate: Date.now() + day,
      revoked: [{ serial: leaf.serial, revokedAt: Date.now() - day }],
    }),
  );
  mkdirSync(place("roots/below"), { recursive: true });
  writeFileSync(place("roots/below/root.cer"), root.raw);
  writeFileSync(place("roots/notes.txt"), "no certificate");
  writeFileSync(place("revoked.crl"), list);
  writeFileSync(place("key.pem"), own.privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(place("cert.pem"), encodePem("CERTIFICATE", leaf.raw) + encodePem("CERTIFICATE", root.raw));
  return { key: place("key.pem"), cert: place("cert.pem"), root: place("roots"), revoked: place("revoked.crl") };
}

const input = writePdf("in.pdf");
const { key, cert, root, revoked } = writeKey();
const own = ["--key", key, "--cert", cert];
const sealed = place("sealed.pdf");
const sealing = await run(["seal", input, "--out", sealed, ...own, "--json"]);

test("seal writes the document with an update behind it and says it is no platform seal", async () => {
  assert.equal(sealing.code, 0, sealing.err);
  assert.match(sealing.err, /no seal of a platform/);
  assert.equal(JSON.parse(sealing.out).ok, true);
  const base = readFileSync(input);
  assert.deepEqual(readFileSync(sealed).subarray(0, base.length), base);
});

/** Where the only seal stands, from the top left of the page of 595 by 842 points. */
async function placeOf(file: string): Promise<{ page: number | null; millimetres: number[] }> {
  const [seal] = (await verifyPdf(readFileSync(file))).seals;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = seal?.rect ?? [];
  const millimetres = [x0, 842 - y1, x1 - x0, y1 - y0].map((points) => Math.round((points * 25.4) / 72));
  return { page: seal?.page ?? null, millimetres };
}

test("seal puts a described face on the page, and refuses one it may not draw", async () => {
  const face = place("face.json");
  writeFileSync(
    face,
    JSON.stringify({ shape: "circle", widthMm: 40, heightMm: 40, arcText: "测试有限公司", centre: "star" }),
  );
  const out = place("faced.pdf");
  const done = await run([
    "seal",
    input,
    "--out",
    out,
    ...own,
    "--face",
    face,
    "--page",
    "1",
    "--x",
    "20",
    "--y",
    "30",
  ]);
  assert.equal(done.code, 0, done.err);
  assert.deepEqual(await placeOf(out), { page: 1, millimetres: [20, 30, 40, 40] });
  writeFileSync(face, JSON.stringify({ shape: "circle", widthMm: 40, heightMm: 40, arcText: "发票监制章" }));
  const refused = await run(["seal", input, "--out", place("never.pdf"), ...own, "--face", face]);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /^face\./);
});

/** A grey PNG (W3C PNG, clauses 5 and 11). */
function writePng(name: string, width: number, height: number): string {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = deflateSync(Buffer.alloc(height * (width + 1)));
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  writeFileSync(
    place(name),
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", new Uint8Array())]),
  );
  return place(name);
}

test("seal keeps the shape of a picture and puts it at the last page's right below", async () => {
  const out = place("pictured.pdf");
  const { code, err } = await run(["seal", input, "--out", out, ...own, "--image", writePng("wide.png", 4, 2)]);
  assert.equal(code, 0, err);
  assert.deepEqual(await placeOf(out), { page: 1, millimetres: [148, 256, 42, 21] });
});

test("verify exits with 0 for a trusted file, 3 for an unknown certificate, 0 again for integrity only", async () => {
  const trusted = await run(["verify", sealed, "--trust", root, "--json"]);
  assert.equal(trusted.code, 0, trusted.out);
  const line = JSON.parse(trusted.out);
  assert.deepEqual(Object.keys(line), ["file", "verdict", "trust", "covers", "level", "seals", "code", "ms"]);
  assert.deepEqual([line.verdict, line.trust, line.covers, line.level], ["valid", "trusted", true, "B-B"]);
  assert.deepEqual(Object.keys(line.seals[0]), ["signer", "verdict", "trust", "reasons", "signedAt"]);
  assert.equal(line.seals[0].signer.commonName, "CLI test");
  assert.equal((await run(["verify", sealed])).code, 3);
  assert.equal((await run(["verify", sealed, "--integrity-only"])).code, 0);
});

test("verify judges the certificate at the time asked for and by the lists given", async () => {
  const trustOf = async (...more: string[]): Promise<string> => {
    const { code, out } = await run(["verify", sealed, "--json", "--trust", root, ...more]);
    assert.equal(code, 3);
    return JSON.parse(out).trust;
  };
  assert.equal(await trustOf("--at", "1999-01-01"), "not-trusted");
  assert.equal(await trustOf("--at", "2999-01-01T00:00:00+08:00"), "expired");
  assert.equal(await trustOf("--trust", revoked), "revoked");
});

test("verify prints one line for each file in their order; 3 outweighs 1", async () => {
  const { code, out } = await run(["verify", sealed, place("none.pdf"), input, "--json", "--trust", root]);
  const lines = out
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text));
  assert.deepEqual(
    lines.map(({ verdict, trust, code: why }) => [verdict, trust, why]),
    [
      ["valid", "trusted", null],
      ["error", "unknown", "file.not-found"],
      ["no-signature", "unknown", null],
    ],
  );
  assert.equal(code, 3);
});

test("verify exits with 3 for a flipped byte and for an unsealed file, 1 when files cannot be read", async () => {
  const bytes = readFileSync(sealed);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(place("flipped.pdf"), bytes);
  assert.equal((await run(["verify", place("flipped.pdf"), "--integrity-only"])).code, 3);
  assert.equal((await run(["verify", input, "--integrity-only"])).code, 3);
  const missing = await run(["verify", place("missing.pdf"), "--json"]);
  assert.equal(missing.code, 1);
  assert.equal(JSON.parse(missing.out).code, "file.not-found");
  assert.equal((await run(["verify", place("missing.pdf"), place("flipped.pdf")])).code, 3);
});

test("verify speaks two languages", async () => {
  assert.match((await run(["verify", sealed], "zh")).out, /盖章后未改动/);
  assert.match((await run(["verify", sealed])).out, /unchanged since it was sealed/);
});

test("a file that cannot be sealed is refused with its code, as a line or as an object", async () => {
  writeFileSync(place("junk.pdf"), "junk");
  const refused = await run(["seal", place("junk.pdf"), "--out", place("x.pdf"), ...own]);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /^pdf\.not-pdf: .+\n$/);
  assert.ok(!existsSync(place("x.pdf")));
  const { code, out } = await run(["seal", place("junk.pdf"), "--out", place("x.pdf"), ...own, "--json"]);
  const { message, ...answer } = JSON.parse(out);
  assert.deepEqual([code, answer], [1, { file: place("junk.pdf"), ok: false, code: "pdf.not-pdf" }]);
  assert.equal(typeof message, "string");
});

test("bad input gives one line and no stack trace", async () => {
  const cases: readonly [number, ...string[]][] = [
    [1, "verify", place("junk.pdf")],
    [1, "verify", folder],
    [2, "verify", sealed, "--trust", place("junk.pdf")],
    [2, "verify", sealed, "--trust", place("nowhere")],
    [2, "verify", sealed, "--at", "yesterday"],
    [2, "verify", sealed, "--at", "1"],
    [2, "verify", sealed, "--nonsense"],
    [2, "seal", input, "--out", place("x.pdf")],
    [2, "seal", input, "--out", input, ...own],
    [2, "seal", input, "--out", place("x.pdf"), ...own, "--page", "1"],
    [2, "seal", input, "--out", place("x.pdf"), ...own, "--image", writePng("dot.png", 1, 1), "--page", "2"],
    [2, "seal", input, "--out", place("x.pdf"), ...own, "--image", place("dot.png"), "--x", "left"],
    [1, "seal", input, "--out", place("x.pdf"), ...own, "--image", key],
    [1, "seal", input, "--out", place("x.pdf"), ...own, "--face", key],
    [1, "seal", input, "--out", place("x.pdf"), "--key", cert, "--cert", cert],
    [1, "seal", input, "--out", place("x.pdf"), "--key", key, "--cert", key],
    [1, "seal", input, "--out", place("none/x.pdf"), ...own],
    [2, "frobnicate"],
    [2, "toString"],
    [2, "verify"],
    [2, "seal"],
    [2, "ledger"],
  ];
  for (const [expected, ...args] of cases) {
    const { code, err } = await run(args);
    assert.equal(code, expected, `${args.join(" ")}: ${err}`);
    assert.equal(err.trim().split("\n").length, 1, err);
    assert.doesNotMatch(err, /\n\s+at /);
    assert.ok(!existsSync(place("x.pdf")), args.join(" "));
  }
});

test("a fleet of controllers is told what is wrong with its file, one line each, and nothing is sent", async () => {
  const boxes = place("boxes.txt");
  const fleet = async (text: string | null, ...more: string[]) => {
    if (text !== null) writeFileSync(boxes, text);
    const args = ["--url", "http://127.0.0.1:9", "--boxes", boxes, "--folder", place("fleet"), ...more];
    const { code, err } = await run(["controller", "fleet", ...args]);
    return `${code} ${err.trim()}`;
  };
  assert.match((await run(["controller", "fleet"])).err, /^argument\.missing: controller run .* or controller fleet /);
  assert.match(await fleet(null), /^1 file\.unreadable: /);
  assert.match(await fleet("\n"), /^1 boxes\.unfit: .* names no box$/);
  assert.equal(await fleet("A-1 X\nA-1 Y\n"), "1 boxes.unfit: a serial number stands there twice");
  assert.equal(await fleet("../x CODE\n"), "1 boxes.unfit: ../x is no serial number");
  assert.equal(await fleet("A-1 CODE\n", "--faulty", "2"), "2 argument.unfit: --faulty is from 0 to below 1");
  assert.match(await fleet("A-1 CODE\nA-2\n"), /A-1 server\.unreachable: .*127\.0\.0\.1:9/);
  assert.match(await fleet("A-2\n"), /^2 A-2 argument\.missing: a new box needs/);
});

test("no command is a usage error; --help is not, wherever it stands", async () => {
  const { code, err } = await run([]);
  assert.equal(code, 2);
  for (const args of [["--help"], ["help"], ["verify", "--help"], ["seal", "-h"]]) {
    const help = await run(args);
    assert.deepEqual([help.code, help.out, help.err], [0, err, ""]);
  }
});

test("as a process: answers on stdout, talk on stderr, the language of LANG, no colours", () => {
  const good = start(["verify", sealed, "--json", "--integrity-only"]);
  assert.deepEqual([good.code, good.err, JSON.parse(good.out).verdict], [0, "", "valid"]);
  const bad = start(["verify", place("none\u001b[31m.pdf")], { LANG: "zh_CN.UTF-8", NO_COLOR: "1" });
  assert.deepEqual([bad.code, bad.out], [1, ""]);
  assert.match(bad.err, /^.*none.+31m\.pdf: 无法读取 \(file\.not-found\)\n$/);
  assert.ok(!`${good.out}${bad.err}`.includes("\u001b"));
});

/** A Node on the PATH that is older than the one the project runs on. */
function findOlderNode(): string | undefined {
  const folders = (process.env.PATH ?? "").split(":").filter((one) => !one.includes("node_modules"));
  return folders
    .map((one) => join(one, "node"))
    .find(
      (node) => Number(/^v(\d+)/.exec(spawnSync(node, ["--version"], { encoding: "utf8" }).stdout ?? "")?.[1]) < 26,
    );
}

const older = findOlderNode();

test("the linked command runs on an older Node too, with its answer and exit code", {
  skip: older === undefined ? "no older Node is on the PATH" : false,
}, () => {
  const linked = fileURLToPath(new URL("../chancery.mjs", import.meta.url));
  for (const node of [older ?? "", process.execPath]) {
    const { code, out } = start(["verify", sealed, "--json"], {}, node, linked);
    assert.deepEqual([code, JSON.parse(out).verdict], [3, "valid"]);
  }
});
