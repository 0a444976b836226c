import { Readable } from "node:stream";
import type { RouteKey } from "@chancery/api/client";
import { writePageCode } from "@chancery/printed-copy";
import { decideStep } from "../features/approvals/service.ts";
import { uploadEvidence } from "../features/evidence/service.ts";
import { pageCodeMac } from "../features/printed-copies/make-print-copy.ts";
import { pageCodeKey, uuidOf } from "../features/printed-copies/page-codes.ts";
import { beginDraft } from "../features/requests/draft-service.ts";
import { loadRequest } from "../features/requests/load-request.ts";
import { submitRequest } from "../features/requests/submit-service.ts";
import { uploadDocument } from "../features/requests/upload-document.ts";
import { readHandImpressions } from "../features/stamping/open-stamping.ts";
import { givePresence } from "../features/stamping/service.ts";
import { newId } from "../platform/ids.ts";
import { testContract } from "../platform/test-pdf.ts";
import { redPicture, stampedPicture } from "../platform/test-picture.ts";
import { presentInTest } from "../platform/test-walk.ts";
import type { Access } from "./access-table.ts";
import { type Actor, anyone, everyone, except, foreign, neverApply, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine =
  | Extract<
      RouteKey,
      | `${string}/stamping${string}`
      | `${string}/press-pictures`
      | `${string}/impressions/${string}`
      | `${string}/stamped-copies`
      | `${string}/make-ups`
      | `${string}/final-copies${string}`
    >
  | "POST /v1/seal-use-requests/:requestId/documents/:documentId/copies"
  | "GET /v1/printed-pages/:code";

const readers = own("applicant unit-head legal-reviewer signatory custodian supervisor inspector");
const supervising = own("supervisor custodian");
const byCustodian: Omit<Access, "of"> = { allowed: own("custodian"), hidden: foreign("custodian") };
const open = "a stamping that its custodian opened";

export const stampingAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/seal-use-requests/:requestId/stamping": [{ of: open, allowed: readers, hidden: except(everyone, readers) }],
  "GET /v1/seal-use-requests/:requestId/press-pictures": [
    { of: open, allowed: readers, hidden: except(everyone, readers) },
  ],
  "POST /v1/seal-use-requests/:requestId/stamping": [{ of: "a request that may be stamped", ...byCustodian }],
  "POST /v1/seal-use-requests/:requestId/stamping/end": [{ of: open, ...byCustodian }],
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/photo": [{ of: open, ...byCustodian }],
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/report": [{ of: open, ...byCustodian }],
  "POST /v1/seal-use-requests/:requestId/documents/:documentId/copies": [
    {
      ...{ of: open, allowed: own("applicant custodian"), hidden: except(everyone, readers) },
      refused: [409, "print.not-yours", except(readers, own("applicant custodian"))],
    },
  ],
  "GET /v1/seal-use-requests/:requestId/stamped-copies": [
    { of: open, allowed: readers, hidden: except(everyone, readers) },
  ],
  // Who says where copies went, and who voids them, is asked in their own tests; here nothing has ended yet.
  "POST /v1/seal-use-requests/:requestId/stamped-copies": [
    {
      ...{ of: open, allowed: [], hidden: except(everyone, readers) },
      refused: [409, "copies.stamping-open", readers],
    },
  ],
  "POST /v1/seal-use-requests/:requestId/make-ups": [
    {
      ...{ of: open, allowed: [], hidden: except(everyone, neverApply, readers) },
      refused: [409, "make-up.not-registered", except(readers, neverApply)],
    },
  ],
  "GET /v1/seal-use-requests/:requestId/final-copies": [
    { of: open, allowed: readers, hidden: except(everyone, readers) },
  ],
  "POST /v1/seal-use-requests/:requestId/final-copies": [
    {
      ...{ of: open, allowed: [], hidden: except(everyone, readers) },
      // Nobody hands in what somebody else uploaded: it is not there for him.
      refused: [409, "copies.stamping-open", readers],
    },
  ],
  // Whoever reads the request is told that there is no such scan; who reviews one is asked in their own tests.
  "POST /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/ruling": [
    { of: open, allowed: [], hidden: everyone },
  ],
  "GET /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/sheets/:sheet": [
    { of: open, allowed: [], hidden: everyone },
  ],
  // Whoever holds the paper may ask what its code stands for; a code that was not made here is found by nobody.
  "GET /v1/printed-pages/:code": [
    { of: "a printed page", allowed: anyone },
    { of: "a code of somebody else's making", allowed: [], hidden: anyone },
  ],
  // Which presses are asked about, and who answers, is asked in the tests of supervising from elsewhere.
  "POST /v1/seal-use-requests/:requestId/stamping/looks/:lookId": [
    {
      of: "a press that nobody asked about",
      allowed: [],
      hidden: [...supervising, ...foreign("supervisor custodian")],
    },
  ],
  // Who may look, and who decides what nobody can tell, is asked in the tests of stamping; here nothing has ended yet.
  "POST /v1/seal-use-requests/:requestId/stamping/photos": [
    {
      ...{ of: open, allowed: [], hidden: except(everyone, readers) },
      refused: [409, "stamping.not-ended", readers],
    },
  ],
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/ruling": [
    {
      ...{ of: open, allowed: [], hidden: except(everyone, readers) },
      refused: [409, "ruling.not-unknown", readers],
    },
  ],
};

type Make = (world: World, who: Actor) => Promise<TestCall> | TestCall;
interface Ready {
  readonly requestId: string;
  readonly digest: string;
}

/** The last one made, as long as it stands as it was made. */
const kept = (state: string, make: (world: World) => Promise<Ready>) => {
  const last = new WeakMap<World, Ready>();
  return async (world: World): Promise<Ready> => {
    const there = last.get(world);
    const { row } = there ? await loadRequest(world.env.db, there.requestId) : { row: null };
    if (there && row?.state === state && (state !== "authorised" || row.released_by === null)) return there;
    const made = await make(world);
    last.set(world, made);
    return made;
  };
};
const seals = new WeakMap<World, Promise<string>>();
function sealOf(world: World): Promise<string> {
  const there = seals.get(world) ?? world.subjects.piece().then(({ sealId }) => sealId);
  seals.set(world, there);
  return there;
}

/** Asked for by hand on a few copies, and agreed to by everybody. */
async function authorise(world: World): Promise<Ready> {
  const { env } = world;
  const applicant = world.person("own applicant");
  const stream = Readable.from([testContract({}, "gauges on paper")]);
  const { documentId } = await uploadDocument(env, applicant, { stream, fileName: "contract.pdf" });
  const placements = [{ sealId: await sealOf(world), page: 0, xMm: 20, yMm: 200 }];
  const { requestId } = await beginDraft(env, applicant, {
    ...world.draftBody({ documents: [{ documentId, placements, answers: [] }] }),
    ...{ useMode: "by-hand", copies: 9, paperReason: "The registry takes paper" },
  });
  await submitRequest(env, applicant, requestId);
  const digest = (await loadRequest(env.db, requestId)).row.digest ?? "";
  for (const kind of ["unit-head", "legal-reviewer", "signatory"] as const) {
    const personId = world.person(`own ${kind}`);
    const { steps } = await loadRequest(env.db, requestId);
    const stepId = steps.find((step) => step.state === "current")?.stepId ?? "";
    const stepUpId = await presentInTest(env, personId, "approve", requestId, digest);
    const presence = { stepUpId, method: "password" as const };
    await decideStep(env, personId, { requestId, stepId, decision: "approve", comment: "", digest, presence });
  }
  return { requestId, digest };
}
const ready = kept("authorised", authorise);
const opened = kept("opened", async (world) => {
  const made = await authorise(world);
  for (const [act, kind] of [
    ["release", "custodian"],
    ["confirm", "supervisor"],
  ] as const) {
    const personId = world.person(`own ${kind}`);
    const stepUpId = await presentInTest(world.env, personId, act, made.requestId, made.digest);
    await givePresence(world.env, personId, act, made.requestId, made.digest, stepUpId);
  }
  return made;
});
const onImpression =
  (more: Partial<TestCall>): Make =>
  async (world) => {
    const { requestId } = await opened(world);
    const next = (await readHandImpressions(world.env.db, requestId)).find(({ state }) => state === "reserved");
    return { params: { requestId, impressionId: next?.impressionId ?? "" }, ...more };
  };
let shade = 500;

const onCode =
  (key: (world: World) => string): Make =>
  async (world) => {
    const { requestId } = await opened(world);
    const [document] = (await loadRequest(world.env.db, requestId)).documents;
    const digest = (document?.digest ?? "").replace("sha256:", "").slice(0, 16);
    const code = { requestId: uuidOf(requestId), page: 1, copy: 1, digest };
    return { params: { code: writePageCode(code, pageCodeMac(key(world))) } };
  };

export const stampingCalls: Readonly<Record<Mine, Readonly<Record<string, Make>>>> = {
  "POST /v1/seal-use-requests/:requestId/documents/:documentId/copies": {
    [open]: async (world) => {
      const { requestId } = await opened(world);
      const [document] = (await loadRequest(world.env.db, requestId)).documents;
      return { params: { requestId, documentId: document?.documentId ?? "" }, body: { from: 1, to: 1 } };
    },
  },
  "GET /v1/printed-pages/:code": {
    "a printed page": onCode((world) => pageCodeKey(world.env)),
    "a code of somebody else's making": onCode(() => "5b".repeat(32)),
  },
  "GET /v1/seal-use-requests/:requestId/stamping": {
    [open]: async (world) => ({ params: { requestId: (await opened(world)).requestId } }),
  },
  "GET /v1/seal-use-requests/:requestId/press-pictures": {
    [open]: async (world) => ({ params: { requestId: (await opened(world)).requestId } }),
  },
  "POST /v1/seal-use-requests/:requestId/stamping": {
    "a request that may be stamped": async (world, who) => {
      const { requestId, digest } = await ready(world);
      const presence =
        who === "nobody"
          ? { stepUpId: newId("stp", Date.now()), proof: { method: "password", password: "nobody's own" } }
          : await world.presence(who, "release", requestId, digest);
      return { params: { requestId }, body: { digest, presence } };
    },
  },
  "GET /v1/seal-use-requests/:requestId/stamped-copies": {
    [open]: async (world) => ({ params: { requestId: (await opened(world)).requestId } }),
  },
  "POST /v1/seal-use-requests/:requestId/stamped-copies": {
    [open]: async (world) => ({
      params: { requestId: (await opened(world)).requestId },
      body: { act: "lose", copies: [1], reason: "It cannot be found" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/make-ups": {
    [open]: async (world) => ({
      params: { requestId: (await opened(world)).requestId },
      body: { copy: 1, reason: "It cannot be found" },
    }),
  },
  "GET /v1/seal-use-requests/:requestId/final-copies": {
    [open]: async (world) => ({ params: { requestId: (await opened(world)).requestId } }),
  },
  "POST /v1/seal-use-requests/:requestId/final-copies": {
    [open]: async (world, who) => {
      const { requestId } = await opened(world);
      shade += 1;
      const given =
        who === "nobody"
          ? null
          : await uploadEvidence(world.env, world.person(who), {
              ...{ stream: Readable.from([redPicture(shade)]), fileName: "page.png" },
            });
      return { params: { requestId }, body: { copy: 1, evidenceIds: [given?.evidenceId ?? newId("ev", Date.now())] } };
    },
  },
  "POST /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/ruling": {
    [open]: async (world) => ({
      params: { requestId: (await opened(world)).requestId, finalCopyId: newId("fin", Date.now()) },
      body: { ruling: "not-agreed", reason: "Nobody agreed to it" },
    }),
  },
  "GET /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/sheets/:sheet": {
    [open]: async (world) => ({
      params: { requestId: (await opened(world)).requestId, finalCopyId: newId("fin", Date.now()), sheet: "1" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/stamping/end": {
    [open]: async (world) => ({ params: { requestId: (await opened(world)).requestId }, body: { reason: "" } }),
  },
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/photo": {
    [open]: (world, who) => {
      shade += 1;
      const file = { name: "photo.png", bytes: stampedPicture(shade) };
      return onImpression({ query: { report: "pressed" }, file })(world, who);
    },
  },
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/report": {
    [open]: onImpression({ body: { report: "not-pressed", reason: "" } }),
  },
  "POST /v1/seal-use-requests/:requestId/stamping/looks/:lookId": {
    "a press that nobody asked about": async (world) => ({
      params: { requestId: (await opened(world)).requestId, lookId: newId("look", Date.now()) },
      body: { verdict: "refuse", reason: "It is another page" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/stamping/photos": {
    [open]: async (world) => ({
      params: { requestId: (await opened(world)).requestId },
      body: { digest: `sha256:${"0".repeat(64)}`, wrong: [], note: "" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/ruling": {
    [open]: onImpression({ body: { verdict: "settled", reason: "I saw it", evidenceId: null } }),
  },
};
