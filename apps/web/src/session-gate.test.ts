import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiProblem, type Session } from "./api.ts";
import { createSessionGate, type SessionGate } from "./session-gate.ts";
import { testSession } from "./test-session.ts";

const refused = (status: number, code: string): ApiProblem =>
  new ApiProblem({
    ...{ type: `urn:chancery:problem:${code}`, title: code, status, detail: code, code, requestId: "" },
    ...{ sentence: { en: code, zh: code }, refusals: [], fields: [] },
  });
const missing = refused(401, "session.missing");
const crossSite = refused(403, "session.cross-site");

const signedIn = (csrfToken: string, personId = "per_1"): Session => ({
  ...testSession,
  csrfToken,
  person: { ...testSession.person, personId },
});

/** A window and its server, which knows one session at a time. */
function openWindow(): {
  readonly gate: SessionGate;
  readonly there: { session: Session | null; unsaved: boolean; calls: number };
  /** What the server answers, by the session that the call goes in. */
  readonly call: () => Promise<string>;
} {
  const there = { session: signedIn("a") as Session | null, unsaved: false, calls: 0 };
  const gate = createSessionGate({ find: async () => there.session, isUnsaved: () => there.unsaved });
  gate.begin(signedIn("a"));
  const call = async (): Promise<string> => {
    there.calls += 1;
    if (there.session === null) throw missing;
    if (gate.read().session?.csrfToken !== there.session.csrfToken) throw crossSite;
    return `done by ${there.session.person.personId}`;
  };
  return { gate, there, call };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("an act in a session that has ended asks for signing in, waits, and is done once its maker is back", async () => {
  const { gate, there, call } = openWindow();
  there.session = null;
  const act = gate.send("act", call);
  await settled();
  assert.deepEqual(gate.read(), { session: signedIn("a"), ended: true, asking: true });
  there.session = signedIn("b");
  gate.begin(there.session);
  assert.equal(await act, "done by per_1");
  assert.deepEqual(gate.read(), { session: signedIn("b"), ended: false, asking: false });
});

test("what a page asks by itself leaves it where nothing was written, and holds it where something was", async () => {
  const left = openWindow();
  left.there.session = null;
  await assert.rejects(left.gate.send("look", left.call), missing);
  assert.equal(left.gate.read().session, null);

  const kept = openWindow();
  kept.there.session = null;
  kept.there.unsaved = true;
  const look = kept.gate.send("look", kept.call);
  await settled();
  assert.deepEqual(kept.gate.read(), { session: signedIn("a"), ended: true, asking: false });
  // Signed in again in another window, which this one hears when it asks who is there.
  kept.there.session = signedIn("b");
  kept.gate.take(kept.there.session);
  assert.equal(await look, "done by per_1");
});

test("that the server knows nobody leaves no page on which something is written or an act waits", async () => {
  const written = openWindow();
  written.there.unsaved = true;
  assert.deepEqual(written.gate.take(null), signedIn("a"));
  assert.equal(written.gate.read().ended, true);
  written.there.unsaved = false;
  assert.equal(written.gate.take(null), null);

  const acting = openWindow();
  acting.there.session = null;
  const act = acting.gate.send("act", acting.call);
  await settled();
  assert.deepEqual(acting.gate.take(null), signedIn("a"));
  acting.gate.end();
  await assert.rejects(act, missing);
});

test("what one person made never goes in the session of another", async () => {
  const { gate, there, call } = openWindow();
  there.session = null;
  const act = gate.send("act", call);
  await settled();
  there.session = signedIn("c", "per_2");
  assert.deepEqual(gate.take(there.session), signedIn("a"), "another window's reader does not take the page over");
  assert.equal(gate.read().ended, true);
  gate.begin(there.session);
  await assert.rejects(act, missing);
  assert.equal(there.calls, 1);
});

test("who signed in again in another window goes on in this one with its newer token; nobody else does", async () => {
  const { gate, there, call } = openWindow();
  there.session = signedIn("b");
  assert.equal(await gate.send("act", call), "done by per_1");
  there.session = signedIn("c", "per_2");
  await assert.rejects(gate.send("act", call), crossSite);
  const foreign = openWindow();
  await assert.rejects(
    foreign.gate.send("act", async () => Promise.reject(crossSite)),
    crossSite,
  );
});

test("who looks at his page first is told that his act was not done, and stays; other refusals concern no session", async () => {
  const { gate, there, call } = openWindow();
  there.session = null;
  there.unsaved = true;
  const act = gate.send("act", call);
  await settled();
  gate.putOff();
  await assert.rejects(act, missing);
  assert.deepEqual(gate.read(), { session: signedIn("a"), ended: true, asking: false });
  const open = gate.whenOpen();
  there.session = signedIn("b");
  gate.begin(there.session);
  await open;
  const changed = refused(409, "subject.changed-meanwhile");
  await assert.rejects(
    gate.send("act", async () => Promise.reject(changed)),
    changed,
  );
  assert.equal(gate.read().ended, false);
});
