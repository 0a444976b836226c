import { after, before } from "node:test";
import type { Controller } from "@chancery/seallink";
import { digest, signAck, signJws } from "@chancery/seallink";
import type { SimulatedBox } from "@chancery/seallink/simulator";
import { redPicture } from "../../platform/test-picture.ts";
import { presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { openPlatformSigner } from "../controllers/authority.ts";
import { ingestRecords } from "../controllers/ingest.ts";
import { nodeCrypto } from "../controllers/node-crypto.ts";
import { askForPhoto, storePhotoPart } from "../controllers/photos.ts";
import { enrolInTest } from "../controllers/test-controllers.ts";
import { addContainer, changeLockHolder } from "../custody/containers.ts";
import { readLocks } from "../custody/locks.ts";
import { lockAway } from "../custody/move-piece.ts";
import { loadRequest } from "../requests/load-request.ts";
import { givePresence } from "../stamping/service.ts";
import { createStampingPlace, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { takeSigned } from "./deliver.ts";
import { askForOrder, type OrderWanted } from "./orders.ts";

/** A box at work in a test: its core, and what it and the platform say to each other, handed over by the test. */
export interface BoxAtWork {
  readonly controllerId: string;
  readonly box: SimulatedBox;
  /** The core that runs now; after a power cut another one. */
  readonly controller: Controller;
  restart(): Promise<void>;
  /** What the box wrote since goes to the platform; what was signed for it comes down. */
  meet(): Promise<void>;
  /** Sends the photos that it named. */
  sendPhotos(): Promise<void>;
  /** Writes two records as a thief with the box's key would: a stroke that the box never made. */
  forgeStroke(jti: string, n: number, slot: number): Promise<void>;
  /** Somebody carries an order out with a finger of each of the two. */
  carryOut(handles: readonly [string, string]): Promise<void>;
}

/** The place of stamping with a controller in which both pieces sit: `fp:1` the administrator, `fp:2` the custodian, `fp:3` the supervisor. */
export interface ControllerPlace extends StampingPlace {
  readonly boxContainer: string;
  addBox(serial: string, containerId?: string): Promise<BoxAtWork>;
  /** Has an order signed and carried out at a box. */
  order(at: BoxAtWork, wanted: Omit<OrderWanted, "secondPersonId">): Promise<void>;
  /** Puts a piece into a slot by an order, and into the books. */
  mount(at: BoxAtWork, bodyId: string, slot: number, tag: string): Promise<void>;
  /** Takes it out of its slot by an order; the books have it in the container still. */
  unmount(at: BoxAtWork, bodyId: string, slot: number): Promise<void>;
  /** The custodian opens with the controller, anywhere or only in its dock, and the supervisor confirms where one is needed. */
  open(requestId: string, way?: "controller" | "docked"): Promise<void>;
}

const tagOf = (slot: number): string => `E2801160600${slot}`;

export async function createControllerPlace(): Promise<ControllerPlace> {
  const place = await createStampingPlace();
  const { env, crew } = place;
  const { sealAdministrator, custodian, secondCustodian } = crew.people;
  const { containerId: boxContainer } = await addContainer(env, sealAdministrator, {
    ...{ entityId: crew.entityId, kind: "controller", name: { en: "Box", zh: "印控仪" }, address: "Room 2" },
    ...{ insideMonitoring: true, camera: "C-8", goodForImportant: true },
    locks: [
      { kind: "key", label: "B1" },
      { kind: "code", label: "B2" },
    ],
  });
  const locks = await readLocks(env.db, [boxContainer]);
  for (const [at, personId] of [custodian, secondCustodian].entries())
    await changeLockHolder(env, sealAdministrator, {
      containerId: boxContainer,
      lockId: locks[at]?.lockId ?? "",
      personId,
    });
  const addBox = async (serial: string, containerId?: string): Promise<BoxAtWork> => {
    const made = await enrolInTest(env, {
      ...{ entityId: crew.entityId, first: sealAdministrator, second: custodian, serial },
      ...(containerId === undefined ? {} : { containerId }),
    });
    let photos = 20_000;
    made.box.tags = [undefined, undefined];
    made.box.counters = [0, 0];
    made.box.photograph = () => {
      photos += 1;
      return new Uint8Array(redPicture(photos));
    };
    return atWork(place, made);
  };
  const order: ControllerPlace["order"] = async (at, wanted) => {
    await askForOrder(env, custodian, at.controllerId, { ...wanted, secondPersonId: sealAdministrator });
    await place.authority.drain();
    await at.meet();
    await at.carryOut(["fp:1", "fp:2"]);
  };
  return {
    ...{ ...place, boxContainer, addBox, order },
    mount: async (at, bodyId, slot, tag) => {
      await place.takeInHand(bodyId);
      await order(at, { kind: "mount", bodyId, slot, tag });
      at.box.doorOpen = true;
      await at.controller.sense({ kind: "door-open" });
      at.box.tags[slot] = tag;
      at.box.doorOpen = false;
      await at.controller.sense({ kind: "door-closed" });
      await at.meet();
      await lockAway(env, custodian, { bodyId, containerId: boxContainer });
    },
    unmount: async (at, bodyId, slot) => {
      await order(at, { kind: "unmount", bodyId, slot });
      at.box.doorOpen = true;
      await at.controller.sense({ kind: "door-open" });
      at.box.tags[slot] = undefined;
      at.box.doorOpen = false;
      await at.controller.sense({ kind: "door-closed" });
      await at.meet();
    },
    open: async (requestId, way = "controller") => {
      const digest = (await loadRequest(env.db, requestId)).row.digest ?? "";
      const stepUpId = await presentInTest(env, custodian, "release", requestId, digest);
      const { sealing } = await givePresence(env, custodian, "release", requestId, digest, stepUpId, way);
      if (!sealing) await presenceInTest(env, crew.people.supervisor, "confirm", requestId);
      await place.authority.drain();
    },
  };
}

export { tagOf };

function atWork(
  { env }: StampingPlace,
  { controllerId, box, signer, ...made }: Awaited<ReturnType<typeof enrolInTest>>,
): BoxAtWork {
  let { controller } = made;
  let told = 0;
  const waited = new Set<string>();
  return {
    ...{ controllerId, box },
    get controller() {
      return controller;
    },
    restart: async () => {
      box.onTouch = () => undefined;
      box.cutAfter = Number.POSITIVE_INFINITY;
      controller = await box.start();
      // Without a signed word since its start a box takes nothing.
      await controller.connected();
    },
    meet: async () => {
      const now = env.clock.now();
      box.wait(Math.max(0, now - (box.rtc ?? now)));
      for (let turn = 0; turn < 3; turn += 1) {
        const records = box.records.slice(told);
        told += records.length;
        for (let at = 0; at < Math.max(1, records.length); at += 10) {
          const payload = Buffer.from(records.slice(at, at + 10).join("\n"));
          if (payload.length === 0) break;
          const { ack } = await ingestRecords(env, { controllerId, payload, receivedAt: now, liveAfter: null });
          if (ack === null) continue;
          const signed = await signAck(ack, await openPlatformSigner(env.db, env, "seallink-ack"));
          if (signed.ok) await controller.receive(signed.value);
        }
        for (const text of await takeSigned(env, controllerId)) {
          if (waited.has(text)) continue;
          waited.add(text);
          await controller.receive(text);
        }
      }
    },
    sendPhotos: async () => {
      for (const [hash, bytes] of box.pictures) {
        const answer = await askForPhoto(env, controllerId, hash);
        if (answer?.kind !== "ticket") continue;
        await storePhotoPart(
          env,
          answer.ticket,
          0,
          (async function* () {
            yield bytes;
          })(),
        );
      }
    },
    forgeStroke: async (jti, n, slot) => {
      const chain = await env.db
        .selectFrom("controller_chains")
        .selectAll()
        .where("controller_id", "=", controllerId)
        .executeTakeFirstOrThrow();
      const counters = chain.counters.map(Number);
      const frame = {
        v: 1,
        dev: controllerId,
        ep: 1,
        boot: Number(chain.boot),
        up: 9_000_000,
        t: env.clock.now(),
        tq: "srv",
      };
      const stroke = { jti, n, slot, op: "fp:2", sup: [] };
      const write = (seq: number, prev: string, imp: number[], body: object) =>
        signJws(
          "seal-rec+jwt",
          { ...frame, seq, prev, imp, rnd: `forged_${seq}_${n}_random`, ack: 0, ...stroke, ...body },
          signer,
        );
      const last = Number(chain.last_seq);
      const begin = await write(last + 1, chain.head, counters, { ty: "stamp.begin" });
      const raised = counters.map((count, at) => (at === slot ? count + 1 : count));
      const prev = await digest(nodeCrypto, begin);
      const end = await write(last + 2, prev, raised, { ty: "stamp.end", out: "done", ms: 900, pic: [] });
      const payload = Buffer.from([begin, end].join("\n"));
      await ingestRecords(env, { controllerId, payload, receivedAt: env.clock.now(), liveAfter: null });
    },
    carryOut: async (handles) => {
      for (const handle of handles) {
        const shown = await controller.present(handle);
        if (!shown.ok) throw new Error(`${handle}: ${shown.code}`);
      }
    },
  };
}

/** For the tests of one file: a box with the department's piece in its first slot, there from before the first of them until after the last. */
export function boxForTests(take: (place: ControllerPlace, box: BoxAtWork) => void): void {
  let place: ControllerPlace | undefined;
  before(async () => {
    place = await createControllerPlace();
    const box = await place.addBox("B-1", place.boxContainer);
    await box.meet();
    await place.mount(box, place.departmentPiece, 0, tagOf(0));
    take(place, box);
  });
  after(() => place?.close());
}
