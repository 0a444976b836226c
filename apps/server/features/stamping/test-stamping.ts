import { Readable } from "node:stream";
import { isPhotographed, type StampReport, type StampVerdict } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { stampedPicture } from "../../platform/test-picture.ts";
import {
  applyInTest,
  approveInTest,
  presenceInTest,
  presentInTest,
  type TestApplication,
} from "../../platform/test-walk.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { digestOfStamping, lookAtPhotos, type PhotosSeen } from "./look.ts";
import { readHandImpressions } from "./open-stamping.ts";
import { type ReportTaken, reportImpression } from "./report.ts";
import { ruleImpression } from "./rule-impression.ts";

/** A photo of a paper as a test takes it; each number another one. */
export const photoOf = (nth: number) => ({ stream: Readable.from([stampedPicture(nth)]), fileName: "IMG_0001.png" });

/** Applies for stamping by hand and has it approved. */
export async function walkToHand(
  env: Environment,
  crew: TestCrew,
  sealId: string,
  change: TestApplication & { copies?: number } = {},
): Promise<string> {
  const requestId = await applyInTest(env, crew, sealId, {
    ...{ useMode: "by-hand", copies: 2, paperReason: "The registry takes paper" },
    ...change,
  });
  await submitRequest(env, change.applicantId ?? crew.people.applicant, requestId);
  await approveInTest(env, crew, requestId);
  return requestId;
}

/** The custodian opens the stamping and, where a seal is important, the supervisor confirms. */
export async function openInTest(env: Environment, crew: TestCrew, requestId: string): Promise<void> {
  const { sealing } = await presenceInTest(env, crew.people.custodian, "release", requestId);
  if (!sealing) await presenceInTest(env, crew.people.supervisor, "confirm", requestId);
}

let taken = 10_000;
function takePhoto(): number {
  taken += 1;
  return taken;
}

/** What the stamper says of the nth impression, the first being 1; a photo is taken where one is needed. */
export async function reportInTest(
  env: Environment,
  personId: string,
  requestId: string,
  nth: number,
  report: StampReport = "pressed",
  photo = takePhoto(),
): Promise<ReportTaken> {
  const impression = (await readHandImpressions(env.db, requestId))[nth - 1];
  const said = { requestId, impressionId: impression?.impressionId ?? "", report, reason: "It slipped" };
  return reportImpression(env, personId, said, isPhotographed(report) ? photoOf(photo) : null);
}

/** What somebody wrote and signed about a paper. */
export const statementInTest = () => ({
  stream: Readable.from([makeTestPdf(["I was there", "and sign what I saw"])]),
  fileName: "statement.pdf",
});

/** One of two says what an impression was, with a photo of its paper unless another evidence is given. */
export async function ruleInTest(
  env: Environment,
  personId: string,
  of: { requestId: string; impressionId: string },
  verdict: StampVerdict,
  evidence = photoOf(takePhoto()),
): Promise<{ decided: boolean }> {
  const { evidenceId } = await uploadEvidence(env, personId, evidence);
  return ruleImpression(env, personId, of, { verdict, reason: "I looked at the paper", evidenceId });
}

/** When no photo is waited for any longer that the machine has not read. Used by tests. */
export const whenUnread = (env: Environment): Environment => ({
  ...env,
  clock: { ...env.clock, now: () => env.clock.now() + 3_600_001 },
});

/** Somebody says what the photos show. */
export async function lookInTest(
  env: Environment,
  personId: string,
  requestId: string,
  wrong: PhotosSeen["wrong"] = [],
  answers: PhotosSeen["answers"] = [],
  opened: PhotosSeen["opened"] = [],
): Promise<void> {
  const digest = digestOfStamping(await readHandImpressions(env.db, requestId));
  const stepUpId = await presentInTest(env, personId, "confirm", requestId, digest);
  const seen = { digest, wrong, answers, note: "", opened };
  await lookAtPhotos(env, personId, requestId, seen, stepUpId);
}
