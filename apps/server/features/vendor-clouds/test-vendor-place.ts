import { createHmac } from "node:crypto";
import { after, before, beforeEach } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { presentInTest } from "../../platform/test-walk.ts";
import { type ControllerPlace, createControllerPlace } from "../controller-stamping/test-controller-place.ts";
import { lockAway } from "../custody/move-piece.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readFourCounts } from "../stamping/four-counts.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { endStamping } from "../stamping/report.ts";
import { givePresence } from "../stamping/service.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { confirmCloud, nameInCloud, registerCloud } from "./clouds.ts";
import { followVendorAuthorisation } from "./follow.ts";
import { confirmVendorController, registerVendorController } from "./register-controller.ts";
import { readVendorAuthorisations, type VendorAuthorisationRow } from "./stop-authorisations.ts";
import { takeVendorCall } from "./take-call.ts";
import { type FakeCloud, startFakeCloud } from "./test-vendor-cloud.ts";
import { pollVendorClouds } from "./vendor-ticks.ts";

/** A crew whose department's seal lies in a controller that a fake cloud answers for. */
export interface VendorPlace extends ControllerPlace {
  readonly fake: FakeCloud;
  readonly cloudId: string;
  readonly controllerId: string;
  readonly callKey: string;
  /** The last part of the address that the cloud calls. */
  readonly callSecret: string;
  /** The same platform later, in milliseconds; what it enqueues is in `queued`. */
  later(ms: number): Environment;
  readonly queued: Set<string>;
  /** Approved, open, and asked of the cloud. */
  beginAtCloud(copies: number): Promise<{ requestId: string; authorisationId: string }>;
  /** The custodian opens it anew, as on another day. */
  goOn(requestId: string): Promise<void>;
  /** What the queue would do with everything that belongs to a request. */
  follow(requestId: string, env?: Environment): Promise<void>;
  /** A minute's tick that much later, and the jobs it enqueued. Answers how many. */
  poll(ms: number): Promise<number>;
  rowOf(requestId: string): Promise<VendorAuthorisationRow>;
  /** The cloud calls, and signs it as was agreed unless it is told how. */
  call(body: Buffer, signature?: string): Promise<void>;
  end(requestId: string): Promise<void>;
  countsOf(requestId: string): Promise<string>;
}

export async function createVendorPlace(): Promise<VendorPlace> {
  const place = await createControllerPlace();
  const fake = await startFakeCloud();
  const { env, crew } = place;
  const { sealAdministrator, custodian } = crew.people;
  const callKey = "agreed-with-the-maker";
  const { cloudId, callPath } = await registerCloud(env, sealAdministrator, {
    ...{ entityId: crew.entityId, name: { en: "Maker's cloud", zh: "厂商云" }, address: fake.address },
    ...{ timeZone: "Asia/Shanghai", accessToken: fake.token, accessSecret: fake.secret, callKey },
  });
  const callSecret = callPath.split("/").at(-1) ?? "";
  await confirmCloud(env, custodian, cloudId);
  await nameInCloud(env, sealAdministrator, { cloudId, personId: custodian, mobile: "13800000001" });
  const { controllerId } = await registerVendorController(env, sealAdministrator, {
    ...{ cloudId, deviceNo: "QYS-77", model: "T1", containerId: place.boxContainer },
    name: { en: "Maker's box", zh: "厂商设备" },
  });
  await confirmVendorController(env, custodian, controllerId, "QYS-77");
  await place.takeInHand(place.departmentPiece);
  await lockAway(env, custodian, { bodyId: place.departmentPiece, containerId: place.boxContainer });
  const queued = new Set<string>();
  const later = (ms: number): Environment => ({
    ...env,
    clock: { now: () => env.clock.now() + ms },
    enqueue: async (_tx, task, payload) => void (task === "follow-vendor" && queued.add(payload.authorisationId ?? "")),
  });
  const rowsOf = (requestId: string) => readVendorAuthorisations(env.db, requestId);
  const follow: VendorPlace["follow"] = async (requestId, at = env) => {
    for (const { authorisation_id: id } of await rowsOf(requestId)) await followVendorAuthorisation(at, id);
  };
  const rowOf: VendorPlace["rowOf"] = async (requestId) => {
    const [row] = await rowsOf(requestId);
    if (!row) throw new Error("no cloud was asked for it");
    return row;
  };
  return {
    ...{ ...place, fake, cloudId, controllerId, callKey, callSecret, queued, later, follow, rowOf },
    beginAtCloud: async (copies) => {
      const requestId = await walkToHand(env, crew, place.department, { ...notice, copies });
      await place.open(requestId);
      await follow(requestId);
      return { requestId, authorisationId: (await rowOf(requestId)).authorisation_id };
    },
    goOn: async (requestId) => {
      const digest = (await loadRequest(env.db, requestId)).row.digest ?? "";
      const stepUpId = await presentInTest(env, custodian, "release", requestId, digest);
      await givePresence(env, custodian, "release", requestId, digest, stepUpId, "controller");
    },
    poll: async (ms) => {
      const at = later(ms);
      queued.clear();
      await pollVendorClouds(at);
      const due = [...queued];
      for (const id of due) await followVendorAuthorisation(at, id);
      return due.length;
    },
    call: (body, signature) =>
      takeVendorCall(
        later(0),
        { cloudId, secret: callSecret },
        { body, header: () => signature ?? createHmac("sha256", callKey).update(body).digest("hex") },
      ),
    end: (requestId) => endStamping(env, custodian, requestId, ""),
    countsOf: async (requestId) => {
      const stamping = await readStamping(env.db, requestId);
      if (!stamping) throw new Error("it was not opened");
      const counts = await readFourCounts(env.db, await readGateFacts(env.db, env, requestId), stamping);
      return [counts.authorised, counts.counted, counts.photographed, counts.registered].join(" ");
    },
    close: async () => {
      await fake.close();
      await place.close();
    },
  };
}

/** For the tests of one file; before each of them the cloud behaves again. */
export function vendorPlaceForTests(take: (place: VendorPlace) => void): void {
  let place: VendorPlace | undefined;
  before(async () => {
    place = await createVendorPlace();
    take(place);
  });
  beforeEach(() => {
    if (!place) return;
    place.fake.turns.length = 0;
    place.fake.archive = null;
    place.queued.clear();
  });
  after(() => place?.close());
}
