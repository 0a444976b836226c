import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { encodePem, issueRootCertificate } from "@chancery/pki";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "chancery-cli-"));
after(() => rmSync(folder, { recursive: true }));
const place = (name: string): string => join(folder, name);

function run(args: readonly string[], language = "en_GB.UTF-8"): { code: number | null; out: string; err: string } {
  const env = { ...process.env, LANG: language, LC_ALL: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    env,
    encoding: "utf8",
    timeout: 30_000,
  });
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

function writeKey(): { key: string; cert: string } {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = Date.now();
  const issued = issueRootCertificate({
    key: privateKey,
    subject: { commonName: "CLI test", organisation: "Acme 公司" },
    serial: randomBytes(16),
    notBefore: now - 86_400_000,
    notAfter: now + 86_400_000,
  });
  assert.ok(issued.ok);
  writeFileSync(place("key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(place("cert.pem"), encodePem("CERTIFICATE", issued.value.raw));
  return { key: place("key.pem"), cert: place("cert.pem") };
}

const input = writePdf("in.pdf");
const { key, cert } = writeKey();
const sealed = place("sealed.pdf");
const sealing = run(["seal", input, "--out", sealed, "--key", key, "--cert", cert, "--json"]);

test("seal writes the document with an update behind it and says it is no platform seal", () => {
  assert.equal(sealing.code, 0, sealing.err);
  assert.match(sealing.err, /no seal of a platform/);
  assert.equal(JSON.parse(sealing.out).ok, true);
  const base = readFileSync(input);
  assert.deepEqual(readFileSync(sealed).subarray(0, base.length), base);
});

test("seal puts a described face on the page, and refuses one it may not draw", () => {
  const face = place("face.json");
  writeFileSync(
    face,
    JSON.stringify({ shape: "circle", widthMm: 40, heightMm: 40, arcText: "测试有限公司", centre: "star" }),
  );
  const out = place("faced.pdf");
  const done = run([
    "seal",
    input,
    "--out",
    out,
    "--key",
    key,
    "--cert",
    cert,
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
  const [seal] = JSON.parse(run(["verify", out, "--json", "--trust", cert]).out).seals;
  assert.equal(seal.page, 1);
  writeFileSync(face, JSON.stringify({ shape: "circle", widthMm: 40, heightMm: 40, arcText: "发票监制章" }));
  const refused = run(["seal", input, "--out", place("never.pdf"), "--key", key, "--cert", cert, "--face", face]);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /^face\./);
});

test("verify exits with 0 for a trusted file, 3 for an unknown certificate, 0 again for integrity only", () => {
  const trusted = run(["verify", sealed, "--trust", cert, "--json"]);
  assert.equal(trusted.code, 0, trusted.out);
  const line = JSON.parse(trusted.out);
  assert.deepEqual(Object.keys(line), ["file", "verdict", "trust", "covers", "level", "seals", "code", "ms"]);
  assert.deepEqual([line.verdict, line.trust, line.covers, line.level], ["valid", "trusted", true, "B-B"]);
  assert.equal(run(["verify", sealed]).code, 3);
  assert.equal(run(["verify", sealed, "--integrity-only"]).code, 0);
  assert.equal(run(["verify", sealed, "--trust", cert, "--at", "1999-01-01T00:00:00Z"]).code, 3);
});

test("verify exits with 3 for a flipped byte and for an unsealed file, 1 when files cannot be read", () => {
  const bytes = readFileSync(sealed);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(place("flipped.pdf"), bytes);
  assert.equal(run(["verify", place("flipped.pdf"), "--integrity-only"]).code, 3);
  assert.equal(run(["verify", input, "--integrity-only"]).code, 3);
  const missing = run(["verify", place("missing.pdf"), "--json"]);
  assert.equal(missing.code, 1);
  assert.equal(JSON.parse(missing.out).code, "file.not-found");
  assert.equal(run(["verify", place("missing.pdf"), place("flipped.pdf")]).code, 3);
});

test("verify speaks the language of LANG", () => {
  assert.match(run(["verify", sealed], "zh_CN.UTF-8").out, /盖章后未改动/);
  assert.match(run(["verify", sealed]).out, /unchanged since it was sealed/);
});

test("bad input gives one line and no stack trace", () => {
  writeFileSync(place("junk.pdf"), "junk");
  const cases = [
    ["verify", place("junk.pdf")],
    ["verify", folder],
    ["verify", sealed, "--trust", place("junk.pdf")],
    ["verify", sealed, "--at", "yesterday"],
    ["verify", sealed, "--nonsense"],
    ["seal", place("junk.pdf"), "--out", place("x.pdf"), "--key", key, "--cert", cert],
    ["seal", input, "--out", place("x.pdf"), "--key", cert, "--cert", cert],
    ["seal", input, "--out", input, "--key", key, "--cert", cert],
    ["seal", input, "--out", place("none/x.pdf"), "--key", key, "--cert", cert],
  ];
  for (const args of cases) {
    const { code, err } = run(args);
    assert.ok(code === 1 || code === 2, `${args.join(" ")}: ${code}`);
    assert.equal(err.trim().split("\n").length, 1, err);
    assert.doesNotMatch(err, /\n\s+at /);
  }
});

test("an unknown command and missing arguments are usage errors", () => {
  for (const args of [[], ["frobnicate"], ["verify"], ["seal"], ["toString"]])
    assert.equal(run(args).code, 2, args.join(" "));
  assert.equal(run(["--help"]).code, 0);
});
