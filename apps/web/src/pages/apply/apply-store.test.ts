import assert from "node:assert/strict";
import { test } from "node:test";
import { type ApplyPorts, createApplyStore, type Saved } from "./apply-store.ts";
import { type Draft, makeDraft } from "./draft.ts";
import { type DraftBody, makeBody } from "./draft-body.ts";
import { makeFile } from "./test-draft.ts";

async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}

/** A server that keeps one draft, whose answers can be lost. */
function makeServer() {
  const kept: { body: DraftBody | null; draft: Draft; version: number } = {
    body: null,
    draft: makeDraft(),
    version: 0,
  };
  const calls: string[] = [];
  const keys = new Map<string, Saved>();
  const net: { fails: "no" | "before" | "after" } = { fails: "no" };
  const savedAt = "2026-11-24T06:06:00Z";
  const reach = <T>(act: () => T): T => {
    if (net.fails === "before") throw "unreachable";
    const answer = act();
    if (net.fails === "after") throw "unreachable";
    return answer;
  };
  const ports: ApplyPorts = {
    begin: async (body, key) =>
      reach(() => {
        calls.push(`begin ${key}`);
        const before = keys.get(key);
        if (before) return before;
        Object.assign(kept, { body, version: 1 });
        const answer = { requestId: "req_1", version: 1, savedAt };
        keys.set(key, answer);
        return answer;
      }),
    save: async (_, body) =>
      reach(() => {
        calls.push(`save on ${body.version}`);
        if (body.version !== kept.version) throw "conflict";
        const { version, ...rest } = body;
        Object.assign(kept, { body: rest, version: version + 1 });
        return { version: kept.version, savedAt };
      }),
    read: async () =>
      reach(() => ({
        draft: makeDraft({ title: kept.body?.title ?? "", entityId: kept.body?.entityId ?? null }),
        saved: { requestId: "req_1", version: kept.version, savedAt },
      })),
    send: async () => makeFile("doc_1"),
    judge: (thrown) => (thrown === "unreachable" || thrown === "conflict" ? thrown : "refused"),
    newKey: () => `key ${keys.size}`,
    // Saves wait until they are asked for: the clock of these tests stands still.
    timers: { set: () => ({}), clear: () => {} },
    limits: { bytes: 100, documents: 20 },
  };
  return { kept, calls, net, ports };
}
const title = (text: string) => ({ type: "fact", change: { title: text } }) as const;

test("a draft begins with the first thing in it, and each save goes on from the one before", async () => {
  const { kept, calls, ports } = makeServer();
  const store = createApplyStore(ports, { draft: makeDraft(), saved: null });
  await store.flush();
  assert.deepEqual(calls, []);
  store.change(title("a"));
  assert.equal(store.read().unsaved, true);
  await store.flush();
  store.change(title("ab"));
  await store.flush();
  store.change(title("abc"));
  await store.flush();
  assert.deepEqual(calls, ["begin key 0", "save on 1", "save on 2"]);
  assert.equal(kept.body?.title, "abc");
  assert.deepEqual(store.read().saved, { requestId: "req_1", version: 3, savedAt: "2026-11-24T06:06:00Z" });
  assert.equal(store.read().unsaved, false);
});

test("a beginning whose answer was lost is not begun twice, and what was typed meanwhile is saved on it", async () => {
  const { kept, calls, net, ports } = makeServer();
  const store = createApplyStore(ports, { draft: makeDraft(), saved: null });
  net.fails = "after";
  store.change(title("a"));
  await store.flush();
  assert.equal(store.read().saving.kind, "unreachable");
  net.fails = "no";
  store.change(title("ab"));
  assert.equal(await store.flush(), true);
  assert.deepEqual(calls, ["begin key 0", "begin key 0", "save on 1"]);
  assert.equal(kept.body?.title, "ab");
  assert.equal(kept.version, 2);
});

test("a save whose answer was lost is not taken for somebody else's", async () => {
  const { kept, net, ports } = makeServer();
  const store = createApplyStore(ports, { draft: makeDraft(), saved: null });
  store.change(title("a"));
  await store.flush();
  net.fails = "after";
  store.change(title("ab"));
  await store.flush();
  assert.equal(kept.version, 2, "the server has it");
  net.fails = "no";
  store.change(title("abc"));
  assert.equal(await store.flush(), true);
  assert.equal(kept.body?.title, "abc");
  assert.equal(store.read().saved?.version, 3);
});

test("what another window saved is not overwritten; the reader decides", async () => {
  const { kept, ports } = makeServer();
  const open = () => createApplyStore(ports, { draft: makeDraft(), saved: null });
  const mine = open();
  mine.change(title("a"));
  await mine.flush();
  const other = createApplyStore(ports, { draft: makeDraft({ title: "a" }), saved: mine.read().saved });
  other.change(title("theirs"));
  await other.flush();
  mine.change(title("mine"));
  assert.equal(await mine.flush(), false);
  assert.equal(mine.read().saving.kind, "conflict");
  assert.equal(kept.body?.title, "theirs");
  assert.equal(mine.read().draft.facts.title, "mine", "nothing typed is lost");

  assert.equal(await mine.keepMine(), true);
  assert.equal(kept.body?.title, "mine");

  other.change(title("theirs again"));
  await other.flush();
  assert.equal(other.read().saving.kind, "conflict");
  await other.takeTheirs();
  assert.equal(other.read().draft.facts.title, "mine");
  assert.equal(other.read().unsaved, false);
  assert.equal(kept.body?.title, "mine");
});

test("an upload becomes a document of the draft, and leaving meanwhile would lose it", async () => {
  const { kept, ports } = makeServer();
  const store = createApplyStore(ports, { draft: makeDraft(), saved: null });
  store.uploads.take([new File(["%PDF"], "doc_1.pdf")]);
  assert.equal(store.read().unsaved, true);
  await settle();
  assert.deepEqual(
    store.read().draft.documents.map((document) => document.file.documentId),
    ["doc_1"],
  );
  await store.flush();
  assert.equal(kept.body?.documents.length, 1);
  assert.equal(store.read().unsaved, false);
});

test("what a copy starts with is saved before anything is changed in it", async () => {
  const { kept, ports } = makeServer();
  const store = createApplyStore(ports, { draft: makeDraft({ title: "again" }), saved: null, toSave: true });
  assert.equal(store.read().unsaved, true);
  await store.flush();
  assert.equal(kept.body?.title, "again");
});

test("what a save would not change is not saved", async () => {
  const { calls, ports } = makeServer();
  const start = { draft: makeDraft({ title: "a" }), saved: { requestId: "req_1", version: 4, savedAt: "" } };
  const store = createApplyStore(ports, start);
  store.change(title("a "));
  await store.flush();
  assert.deepEqual(calls, []);
  assert.equal(makeBody(store.read().draft).title, "a");
});
