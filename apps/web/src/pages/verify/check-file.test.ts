import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { suite, test } from "node:test";
import { ApiProblem } from "../../api.ts";
import type { LeafProof, ProofTarget } from "../../proof/prover.ts";
import { type CheckPorts, checkDigest, checkFile, findTarget, type Phase, type Verification } from "./check-file.ts";
import { makeAnswer } from "./test-answer.ts";

const pdf = (text: string): File => new File([`%PDF-1.7\n${text}`], "a.pdf");
const digestOf = async (file: Blob): Promise<string> =>
  `sha256:${createHash("sha256")
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest("hex")}`;
const problem = (status: number): ApiProblem =>
  new ApiProblem({
    type: "",
    title: "",
    status,
    detail: "",
    code: "a.b",
    requestId: "",
    sentence: { en: "", zh: "" },
    refusals: [],
    fields: [],
  });
const open: LeafProof = { state: "open", leaf: 5, reason: "no-entry" };

interface Asked {
  readonly lookedUp: string[];
  readonly sent: File[];
  readonly proved: ProofTarget[];
  readonly phases: Phase[];
}

/** A server that knows some digests and answers every file that is sent. */
function serve(
  known: readonly string[],
  answer: (digest: string) => Verification,
): { ports: CheckPorts; asked: Asked } {
  const asked: Asked = { lookedUp: [], sent: [], proved: [], phases: [] };
  return {
    asked,
    ports: {
      lookUp: async (digest) => {
        asked.lookedUp.push(digest);
        if (!known.includes(digest)) throw problem(404);
        return answer(digest);
      },
      send: async (file, onSent) => {
        asked.sent.push(file);
        onSent(file.size / 2, file.size);
        onSent(file.size, file.size);
        return answer(await digestOf(file));
      },
      prove: async (target) => {
        asked.proved.push(target);
        return open;
      },
    },
  };
}
const never = new AbortController().signal;

suite("checking a file", () => {
  test("what was sealed here is answered by its digest, and the file stays", async () => {
    const file = pdf("sealed");
    const digest = await digestOf(file);
    const { ports, asked } = serve([digest], (one) => makeAnswer("as-sealed", one));
    const outcome = await checkFile(file, ports, (phase) => asked.phases.push(phase), never);
    assert.ok(outcome.kind === "answered");
    assert.equal(outcome.sent, false);
    assert.deepEqual(asked.lookedUp, [digest]);
    assert.equal(asked.sent.length, 0);
    assert.deepEqual(asked.proved, [
      { leaf: 5, expected: { type: "ImpressionSettled", facts: { sealedDigest: digest } } },
    ]);
    assert.equal(outcome.proof, open);
    assert.deepEqual(
      asked.phases.map((phase) => phase.at),
      ["hashing", "hashing", "asking", "proving"],
    );
  });

  test("any other PDF is sent, and told how far", async () => {
    const { ports, asked } = serve([], (one) => makeAnswer("foreign-intact", one));
    const outcome = await checkFile(pdf("foreign"), ports, (phase) => asked.phases.push(phase), never);
    assert.ok(outcome.kind === "answered");
    assert.equal(outcome.sent, true);
    assert.deepEqual(outcome.proof, { state: "unneeded" });
    assert.equal(asked.proved.length, 0);
    assert.deepEqual(
      asked.phases.map((phase) => phase.at),
      ["hashing", "hashing", "asking", "sending", "sending", "reading"],
    );
  });

  test("what is no PDF, or is too large, is not sent", async () => {
    const { ports, asked } = serve([], (one) => makeAnswer("unreadable", one));
    const tell = (): void => undefined;
    assert.equal((await checkFile(new File(["hello"], "a.txt"), ports, tell, never)).kind, "not-pdf");
    assert.equal((await checkFile(new File([], "empty.pdf"), ports, tell, never)).kind, "not-pdf");
    const large = new File(["%PDF-1.7", new Uint8Array(50 * 1024 * 1024)], "large.pdf");
    assert.equal((await checkFile(large, ports, tell, never)).kind, "too-large");
    assert.equal(asked.sent.length, 0);
    const digest = await digestOf(large);
    const holds = serve([digest], (one) => makeAnswer("as-sealed", one));
    assert.equal((await checkFile(large, holds.ports, tell, never)).kind, "answered", "its digest is enough");
  });

  test("an answer about another file than the one asked about is refused, sent or not", async () => {
    const other = `sha256:${"0".repeat(64)}`;
    const file = pdf("x");
    for (const known of [[await digestOf(file)], []]) {
      const { ports } = serve(known, () => makeAnswer("as-sealed", other));
      assert.equal((await checkFile(file, ports, () => undefined, never)).kind, "mismatch");
    }
  });

  test("a server that does not answer, or a proof that cannot be had, is told as that", async () => {
    const { ports } = serve([], (one) => makeAnswer("as-sealed", one));
    const failing: CheckPorts = {
      ...ports,
      lookUp: async () => {
        throw problem(0);
      },
    };
    const outcome = await checkFile(pdf("x"), failing, () => undefined, never);
    assert.ok(outcome.kind === "problem" && outcome.error instanceof ApiProblem);
    const unprovable: CheckPorts = {
      ...ports,
      prove: async () => {
        throw problem(0);
      },
    };
    const answered = await checkFile(pdf("x"), unprovable, () => undefined, never);
    assert.ok(answered.kind === "answered");
    assert.deepEqual(answered.proof, { state: "unreachable" });
  });

  test("a check that is stopped ends at once", async () => {
    const { ports, asked } = serve([], (one) => makeAnswer("as-sealed", one));
    await assert.rejects(checkFile(pdf("x"), ports, () => undefined, AbortSignal.abort()));
    assert.equal(asked.lookedUp.length, 0);
  });

  test("a digest alone is answered, or said to need its file", async () => {
    const digest = `sha256:${"1".repeat(64)}`;
    const { ports } = serve([digest], (one) => makeAnswer("as-sealed", one));
    assert.equal((await checkDigest(digest, ports, () => undefined, never)).kind, "answered");
    const unknown = await checkDigest(`sha256:${"2".repeat(64)}`, ports, () => undefined, never);
    assert.equal(unknown.kind, "unknown-digest");
  });
});

test("the entry that has to bear an answer out names the digest computed here, not one that the server names", () => {
  const digest = `sha256:${"1".repeat(64)}`;
  const other = `sha256:${"2".repeat(64)}`;
  const answer = makeAnswer("as-sealed", digest);
  const known = answer.known ?? assert.fail();
  assert.equal(
    findTarget({ ...answer, known: { ...known, sealedDigest: other } })?.expected.facts?.sealedDigest,
    digest,
  );
  const grown = makeAnswer("as-sealed-changed-allowed", digest);
  assert.equal(findTarget({ ...grown, known: { ...known, sealedDigest: other } })?.expected.facts?.sealedDigest, other);
  assert.equal(findTarget({ ...answer, known: { ...known, leaf: null } }), null);
  assert.equal(findTarget({ ...answer, known: { ...known, proofUrl: null } }), null);
  assert.equal(findTarget(makeAnswer("changed", digest)), null);
  assert.equal(findTarget(makeAnswer("foreign-intact", digest)), null);
});
