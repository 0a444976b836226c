import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createVerifierKey, encodeVerifierKey } from "@chancery/ledger";
import { runCommand } from "./command.ts";
import { runDecisions } from "./decisions.ts";

const raw = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "der" }).subarray(-32);
const key = createVerifierKey((data) => createHash("sha256").update(data).digest(), "ledger.example/test", raw);
assert.ok(key.ok);
const vkey = encodeVerifierKey(key.value);

async function run(language: "en" | "zh", ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const write = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await runCommand(runDecisions, args, { ...write, language });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

// What holds is tried on the evidence of a real request, beside the server that gives it.
test("what is no evidence of decisions is told in a line, and evidence without any decision does not hold", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "chancery-cli-"));
  context.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "evidence.json");
  const subject = '{"number":"LX-2026-0001"}';
  const empty = {
    ...{ format: "chancery decision evidence v1", origin: "https://seals.example", requestId: "req_1", number: null },
    ...{ subject, digest: `sha256:${createHash("sha256").update(subject).digest("hex")}`, decisions: [] },
  };
  for (const [content, words] of [
    ["{", /^evidence\.unreadable: .* is no JSON$/],
    ["[]", /^evidence\.unreadable: .* is no decision evidence/],
    [JSON.stringify({ ...empty, digest: "sha256:00" }), /\(digest\)$/],
  ] as const) {
    await writeFile(file, content);
    const { code, out, err } = await run("en", "verify", file, "--key", vkey);
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, words);
  }
  await writeFile(file, JSON.stringify(empty));
  const none = await run("zh", "verify", file, "--key", vkey);
  assert.equal(none.code, 3);
  assert.match(none.out, /^证据不成立: req_1, sha256:[0-9a-f]{64}\n {2}decisions\.none$/);
  assert.equal((await run("en", "verify", file)).code, 2, "no key");
  assert.equal((await run("en", "verify", "--key", vkey)).code, 2, "no file");
  assert.equal((await run("en", "verify", join(folder, "none.json"), "--key", vkey)).code, 1, "no such file");
  assert.equal((await run("en", "verify", file, "--key", "nonsense")).code, 1, "no key of a ledger");
});
