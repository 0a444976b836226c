import { Readable } from "node:stream";
import type { RouteKey } from "@chancery/api/client";
import { decideStep } from "../features/approvals/service.ts";
import { addShift } from "../features/emergency/roster.ts";
import { enterSlip } from "../features/emergency/slips.ts";
import { receiveForms } from "../features/forms/move-forms.ts";
import { openSeries } from "../features/forms/series.ts";
import { issueInTest, photoInTest } from "../features/forms/test-forms.ts";
import { beginDraft } from "../features/requests/draft-service.ts";
import { loadRequest } from "../features/requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../features/requests/submit-service.ts";
import { uploadDocument } from "../features/requests/upload-document.ts";
import { dayInTest } from "../platform/test-days.ts";
import { testContract } from "../platform/test-pdf.ts";
import { redPicture } from "../platform/test-picture.ts";
import { presentInTest } from "../platform/test-walk.ts";
import type { Access } from "./access-table.ts";
import { type Actor, both, everyone, except, foreign, own, ownPeople } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string}emergency${string}` | `${string}/duty-shifts${string}`>;

/** Who has to know whom to call; a guest is told by those he helps. */
const knowing = except(ownPeople, own("guest"));
const manages: Omit<Access, "of"> = {
  ...{ allowed: own("seal-administrator"), hidden: foreign("seal-administrator") },
};
const reviews: Omit<Access, "of"> = {
  allowed: own("inspector seal-administrator"),
  hidden: foreign("inspector seal-administrator"),
};

/** Who decided it, keeps or supervises its seal, or looks at emergencies, and may apply for a use himself. */
const readsToo = own("signatory custodian supervisor seal-administrator");

export const emergencyAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/emergency": [{ of: "the own entity", allowed: knowing, hidden: except(everyone, knowing) }],
  "POST /v1/duty-shifts": [{ of: "in the own entity", ...manages }],
  "POST /v1/duty-shifts/:shiftId/end": [{ of: "a turn of the own entity", ...manages }],
  "POST /v1/emergency-slips": [
    { of: "the custodian's slip", allowed: own("custodian"), hidden: except(everyone, own("custodian")) },
  ],
  "POST /v1/emergency-slips/:slipId/answer": [
    // The custodian entered it himself.
    { of: "a slip of the own entity", allowed: own("signatory"), hidden: except(everyone, own("signatory")) },
  ],
  "POST /v1/emergency-slips/:slipId/review": [{ of: "a slip of the own entity", ...reviews }],
  "POST /v1/seal-use-requests/:requestId/emergency-papers": [
    {
      // One that was taken back unused owes nothing: who asked is told so, and who reads it that it is not his to give.
      ...{ of: "an emergency that is over", allowed: [...own("applicant"), ...readsToo], answers: 409 },
      hidden: except(everyone, both("inspector system-administrator"), own("applicant"), readsToo),
    },
  ],
  "POST /v1/seal-use-requests/:requestId/emergency-review": [{ of: "an emergency that is over", ...reviews }],
};

type Make = (world: World, who: Actor) => Promise<TestCall> | TestCall;
const today = (): string => dayInTest(Date.now());
const shiftOf = (world: World) => ({
  ...{ entityId: world.own.entityId, role: "signatory" as const, personId: world.person("own signatory") },
  ...{ from: today(), to: today(), reach: "By phone", place: "Safe 1" },
});

let number = 0;
const opened = new WeakMap<World, Promise<string>>();
/** Slips that the own custodian has in his hand. */
function slipsOf(world: World): Promise<string> {
  const there = opened.get(world) ?? openSlips(world);
  opened.set(world, there);
  return there;
}
async function openSlips(world: World): Promise<string> {
  const keeperId = world.person("own certificate-keeper");
  const { seriesId } = await openSeries(world.env, world.person("own seal-administrator"), {
    ...{ entityId: world.own.entityId, kind: "emergency-slip", name: { en: "Slips", zh: "应急用印单" }, prefix: "YJ" },
    ...{ digits: 4, sealId: null, keeperId, lowMark: 1 },
  });
  await receiveForms(world.env, keeperId, {
    ...{ seriesId, numbers: "1-100", count: 100, from: "Printer", receivedOn: "2026-11-02", evidenceId: null },
  });
  await issueInTest(world.env, { seriesId, keeperId, toId: world.person("own custodian"), numbers: "1-100" });
  return seriesId;
}
async function slipBody(world: World, photoOf: string) {
  number += 1;
  return {
    ...{ seriesId: await slipsOf(world), number: String(number), sealId: await world.subjects.sealOf("own") },
    ...{ title: "Bid", counterparty: "Beicheng", reason: "The platform was down", impressions: 1 },
    ...{ usedAt: new Date(world.env.clock.now()).toISOString() },
    ...{ signatoryId: world.person("own signatory"), custodianId: world.person("own custodian") },
    evidenceId: await photoInTest(world.env, photoOf, redPicture(number)),
  };
}
const said = { verdict: "justified", note: "The tender closed at noon" };

/** One that is not reviewed yet: made anew only where the last one was. */
const unreviewed = (make: (world: World) => Promise<string>, kind: "request_id" | "slip_id") => {
  const last = new WeakMap<World, string>();
  return async (world: World): Promise<string> => {
    const before = last.get(world);
    const done =
      before === undefined ||
      (await world.env.db
        .selectFrom("emergency_reviews")
        .select("event_id")
        .where(kind, "=", before)
        .executeTakeFirst()) !== undefined;
    const id = done ? await make(world) : before;
    last.set(world, id);
    return id;
  };
};
const openEmergency = unreviewed(emergencyOf, "request_id");
async function newSlip(world: World): Promise<string> {
  const custodian = world.person("own custodian");
  return (await enterSlip(world.env, custodian, await slipBody(world, custodian))).slipId;
}
const openSlip = unreviewed(newSlip, "slip_id");

/** An emergency that was agreed to and taken back unused. */
async function emergencyOf(world: World): Promise<string> {
  const { env } = world;
  const applicant = world.person("own applicant");
  const stream = Readable.from([testContract({}, "gauges in an emergency")]);
  const { documentId } = await uploadDocument(env, applicant, { stream, fileName: "bid.pdf" });
  const placements = [{ sealId: await world.subjects.sealOf("own"), page: 0, xMm: 20, yMm: 200 }];
  const { requestId } = await beginDraft(
    env,
    applicant,
    world.draftBody({ documents: [{ documentId, placements, answers: [] }] }),
  );
  await env.db
    .updateTable("seal_use_requests")
    .set({ emergency_reason: "The tender closes at noon today" })
    .where("request_id", "=", requestId)
    .execute();
  await submitRequest(env, applicant, requestId);
  const { row, steps } = await loadRequest(env.db, requestId);
  const [signatory, digest] = [world.person("own signatory"), row.digest ?? ""];
  await decideStep(env, signatory, {
    ...{ requestId, stepId: steps[0]?.stepId ?? "", decision: "approve", comment: "", digest },
    presence: { stepUpId: await presentInTest(env, signatory, "approve", requestId, digest), method: "password" },
  });
  await withdrawRequest(env, applicant, requestId, "");
  return requestId;
}

export const emergencyCalls: Readonly<Record<Mine, Readonly<Record<string, Make>>>> = {
  "GET /v1/emergency": { "the own entity": (world) => ({ query: { entityId: world.own.entityId } }) },
  "POST /v1/duty-shifts": { "in the own entity": (world) => ({ keeps: true, body: shiftOf(world) }) },
  "POST /v1/duty-shifts/:shiftId/end": {
    "a turn of the own entity": async (world) => ({
      params: await addShift(world.env, world.person("own seal-administrator"), shiftOf(world)),
    }),
  },
  "POST /v1/emergency-slips": {
    "the custodian's slip": async (world, who) => ({
      body: await slipBody(world, world.person(everyone.find((one) => one === who) ?? "own member")),
    }),
  },
  "POST /v1/emergency-slips/:slipId/answer": {
    "a slip of the own entity": async (world, who) => ({
      // One that is answered once: anew for who answers it, any for the others.
      params: { slipId: await (who === "own signatory" ? newSlip : openSlip)(world) },
      body: { wasMe: true, note: "" },
    }),
  },
  "POST /v1/emergency-slips/:slipId/review": {
    // Who is named on it has not answered yet: that it was no emergency can be said already.
    "a slip of the own entity": async (world) => ({
      params: { slipId: await openSlip(world) },
      body: { ...said, verdict: "not-justified" },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/emergency-papers": {
    "an emergency that is over": async (world) => ({
      params: { requestId: await openEmergency(world) },
      body: {
        ...{ kind: "board-resolution", title: "Resolution 7" },
        evidenceId: await world.subjects.evidenceOf(world.person("own applicant")),
      },
    }),
  },
  "POST /v1/seal-use-requests/:requestId/emergency-review": {
    "an emergency that is over": async (world) => ({
      params: { requestId: await openEmergency(world) },
      body: { ...said, papers: [] },
    }),
  },
};
