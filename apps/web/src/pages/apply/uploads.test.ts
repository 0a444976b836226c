import assert from "node:assert/strict";
import { test } from "node:test";
import type { UploadedFile } from "./draft.ts";
import { makeFile } from "./test-draft.ts";
import { createUploads } from "./uploads.ts";

const pdf = (name: string, bytes = 10): File => new File([new Uint8Array(bytes)], name);
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
}

interface Sent {
  readonly name: string;
  readonly progress: (share: number) => void;
  readonly answer: (file: UploadedFile) => void;
  readonly refuse: (thrown: unknown) => void;
  readonly stop: AbortSignal;
}
function makeUploads() {
  const sent: Sent[] = [];
  const taken: [string, string | undefined][] = [];
  const digests: string[] = [];
  const uploads = createUploads({
    send: (file, progress, stop) =>
      new Promise((answer, refuse) => {
        sent.push({ name: file.name, progress, answer, refuse, stop });
        stop.addEventListener("abort", () => refuse(stop.reason));
      }),
    onTaken: (file, replaces) => {
      digests.push(file.digest);
      taken.push([file.documentId, replaces]);
    },
    onChange: () => {},
    limitBytes: 100,
    most: 3,
    digests: () => digests,
  });
  const states = (): string[] =>
    uploads.list().map(({ name, state }) => `${name} ${"reason" in state ? state.reason : state.kind}`);
  return { uploads, sent, taken, states };
}

test("files go one after another, in the order they were chosen in", async () => {
  const { uploads, sent, taken, states } = makeUploads();
  uploads.take([pdf("a"), pdf("b")]);
  assert.deepEqual(states(), ["a sending", "b waiting"]);
  sent[0]?.progress(0.5);
  assert.deepEqual(uploads.list()[0]?.state, { kind: "sending", share: 0.5 });
  sent[0]?.progress(1);
  assert.deepEqual(states(), ["a reading", "b waiting"]);
  sent[0]?.answer(makeFile("doc_a"));
  await settle();
  sent[1]?.answer(makeFile("doc_b"));
  await settle();
  assert.deepEqual(
    taken.map(([documentId]) => documentId),
    ["doc_a", "doc_b"],
  );
  assert.deepEqual(states(), []);
  assert.equal(uploads.busy(), false);
});

test("a refused file keeps its line and holds up no other; it can be sent again or taken off", async () => {
  const { uploads, sent, taken, states } = makeUploads();
  uploads.take([pdf("locked"), pdf("good")]);
  sent[0]?.refuse("pdf.encrypted");
  await settle();
  sent[1]?.answer(makeFile("doc_good"));
  await settle();
  assert.deepEqual(states(), ["locked refused"]);
  assert.deepEqual(taken, [["doc_good", undefined]]);
  uploads.again(uploads.list()[0]?.id ?? "");
  sent[2]?.refuse("pdf.encrypted");
  await settle();
  uploads.drop(uploads.list()[0]?.id ?? "");
  assert.deepEqual(states(), []);
});

test("what is too large, empty, or one too many is told before anything is sent", async () => {
  const { uploads, sent, states } = makeUploads();
  uploads.take([pdf("large", 101), pdf("empty", 0), pdf("just", 100)]);
  assert.deepEqual(states(), ["large too-large", "empty empty", "just sending"]);
  assert.equal(sent.length, 1);
  uploads.take([pdf("2"), pdf("3"), pdf("4")]);
  assert.deepEqual(states().slice(3), ["2 waiting", "3 waiting", "4 too-many"]);
});

test("the same bytes twice are one document", async () => {
  const { uploads, sent, taken, states } = makeUploads();
  uploads.take([pdf("a"), pdf("copy of a")]);
  sent[0]?.answer(makeFile("doc_a"));
  await settle();
  sent[1]?.answer(makeFile("doc_b", { digest: "sha256:doc_a" }));
  await settle();
  assert.equal(taken.length, 1);
  assert.deepEqual(states(), ["copy of a twice"]);
});

test("an upload taken off while it runs is stopped and never arrives", async () => {
  const { uploads, sent, taken, states } = makeUploads();
  uploads.take([pdf("a"), pdf("b")], "doc_old");
  uploads.drop(uploads.list()[0]?.id ?? "");
  assert.equal(sent[0]?.stop.aborted, true);
  await settle();
  assert.deepEqual(states(), ["b sending"]);
  sent[1]?.answer(makeFile("doc_b"));
  await settle();
  assert.deepEqual(taken, [["doc_b", undefined]]);
});

test("only the first file of several stands in for a document", async () => {
  const { uploads, sent, taken } = makeUploads();
  uploads.take([pdf("new version"), pdf("annex")], "doc_old");
  sent[0]?.answer(makeFile("doc_new"));
  await settle();
  sent[1]?.answer(makeFile("doc_annex"));
  await settle();
  assert.deepEqual(taken, [
    ["doc_new", "doc_old"],
    ["doc_annex", undefined],
  ]);
});
