import { after, before } from "node:test";
import type { Register, StampReport } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestHandover } from "../../platform/test-environment.ts";
import type { Authority } from "../authority/authority.ts";
import { bringOut, confirmOpening, lockAway } from "../custody/move-piece.ts";
import { readHeldNow } from "../custody/postings.ts";
import { readStampingsOfPieces } from "../custody/stampings-of-piece.ts";
import { addPieceInTest, addSafeInTest } from "../custody/test-custody.ts";
import { showLines } from "../registers/show-lines.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readHandImpressions } from "./open-stamping.ts";
import { endStamping } from "./report.ts";
import { openInTest, reportInTest, walkToHand } from "./test-stamping.ts";

/** A crew with an important seal and one that is not, their pieces behind two locks. */
export interface StampingPlace {
  readonly env: Environment;
  /** The authority of the controllers, to be asked when a test wants it to sign. */
  readonly authority: Authority;
  readonly crew: TestCrew;
  /** What a second process needs to work on the same data. */
  readonly handover: TestHandover;
  readonly contract: string;
  readonly contractPiece: string;
  readonly department: string;
  readonly departmentPiece: string;
  readonly containerId: string;
  /** Out of the container, by both who hold its locks. */
  takeInHand(bodyId: string): Promise<void>;
  putBack(bodyId: string): Promise<void>;
  /** Approved, open, and its piece in the custodian's hand. */
  begin(seal: "contract" | "department", change?: Parameters<typeof walkToHand>[3]): Promise<string>;
  /** Stamps one that is approved: so many impressions as it is said of each; what is left is ended, and the piece put back. */
  stamp(requestId: string, reports: readonly StampReport[]): Promise<void>;
  statesOf(requestId: string): Promise<string[]>;
  stateOf(requestId: string): Promise<string>;
  /** The nth impression, the first being 1. */
  idOf(requestId: string, nth: number): Promise<string>;
  openTasks(
    kind: string,
    requestId: string,
  ): Promise<{ assignee_id: string | null; assignee_role: string | null; due_at: Date | null }[]>;
  findingsOf(source: string, key: string): Promise<{ control: string; state: string }[]>;
  /** Its lines in a register, that of uses at first, as an inspector reads them. */
  linesOf(requestId: string, register?: Register): ReturnType<typeof showLines>;
  close(): Promise<void>;
}

export async function createStampingPlace(): Promise<StampingPlace> {
  const made = await createTestEnvironment();
  const { env } = made;
  const crew = await createTestCrew(env);
  const contract = await crew.registerSeal("contract", "LX-02");
  const contractPiece = await addPieceInTest(env, contract);
  const department = await crew.registerSeal("department", "LX-11");
  const departmentPiece = await addPieceInTest(env, department);
  // The picture that a test hands in as a specimen is no face: a test that holds faces against specimens keeps real ones.
  await env.db.updateTable("seal_bodies").set({ specimen_digest: null }).where("kind", "=", "physical").execute();
  const { custodian, secondCustodian, inspector } = crew.people;
  const { containerId } = await addSafeInTest(env, crew, [custodian, secondCustodian]);
  for (const bodyId of [contractPiece, departmentPiece]) await lockAway(env, custodian, { bodyId, containerId });
  const impressionsOf = (requestId: string) => readHandImpressions(env.db, requestId);
  const takeInHand = async (bodyId: string): Promise<void> => {
    if ((await readHeldNow(env.db, [bodyId]))(bodyId).place?.to === `person:${custodian}`) return;
    const [open] = await readStampingsOfPieces(env.db, custodian, [bodyId]);
    const { openingId } = await bringOut(env, custodian, {
      ...{ bodyId, purpose: open ? "stamping" : "other", aboutId: open?.requestId ?? null, reason: "Work" },
    });
    if (openingId) await confirmOpening(env, secondCustodian, openingId);
  };
  const place: StampingPlace = {
    authority: made.authority(),
    ...{ env, crew, contract, contractPiece, department, departmentPiece, containerId, close: made.close },
    handover: made.handover,
    takeInHand,
    putBack: (bodyId) => lockAway(env, custodian, { bodyId, containerId, reason: "Enough for today" }),
    begin: async (seal, change = {}) => {
      const [sealId, bodyId] = seal === "contract" ? [contract, contractPiece] : [department, departmentPiece];
      const requestId = await walkToHand(env, crew, sealId, seal === "department" ? { ...notice, ...change } : change);
      await openInTest(env, crew, requestId);
      await takeInHand(bodyId);
      return requestId;
    },
    stamp: async (requestId, reports) => {
      await openInTest(env, crew, requestId);
      const bodyIds = [...new Set((await impressionsOf(requestId)).map(({ bodyId }) => bodyId))];
      for (const bodyId of bodyIds) await takeInHand(bodyId);
      for (const [at, report] of reports.entries()) await reportInTest(env, custodian, requestId, at + 1, report);
      await endStamping(env, custodian, requestId, "");
      for (const bodyId of bodyIds) await place.putBack(bodyId);
    },
    statesOf: async (requestId) => (await impressionsOf(requestId)).map(({ state }) => state),
    stateOf: async (requestId) => (await loadRequest(env.db, requestId)).row.state,
    idOf: async (requestId, nth) => (await impressionsOf(requestId))[nth - 1]?.impressionId ?? "",
    openTasks: (kind, requestId) =>
      env.db
        .selectFrom("tasks")
        .selectAll()
        .where("kind", "=", kind)
        .where("subject_key", "=", requestId)
        .where("state", "=", "open")
        .execute(),
    findingsOf: (source, key) =>
      env.db.selectFrom("findings").selectAll().where("source", "=", source).where("subject_key", "=", key).execute(),
    linesOf: async (requestId, register = "use") => {
      const rows = await env.db
        .selectFrom("register_lines")
        .select("line_id")
        .where("request_id", "=", requestId)
        .where("register", "=", register)
        .orderBy("running")
        .execute();
      const lineIds = rows.map((row) => row.line_id);
      return showLines(env.db, lineIds, { personId: inspector, now: env.clock.now() });
    },
  };
  return place;
}

/** For the tests of one file: a place that is there from before the first of them until after the last; `take` gets it. */
export function placeForTests(take: (place: StampingPlace) => void): void {
  let place: StampingPlace | undefined;
  before(async () => {
    place = await createStampingPlace();
    take(place);
  });
  after(() => place?.close());
}

export const factOf = (
  line: { readonly facts: readonly { readonly key: string; readonly value: { readonly en: string } }[] } | undefined,
  key: string,
): string | undefined => line?.facts.find((fact) => fact.key === key)?.value.en;

/** A notice inside the house: its seal is not important. */
export const notice = {
  ...{ documentClass: "internal-notice" as const, external: false, paperReason: "It hangs on the wall" },
};
