import assert from "node:assert/strict";
import { type BoxOnLine, putOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { until } from "../apps/server/platform/test-until.ts";
import { callAs } from "./sample-caller.ts";

/** The radio tag of the company seal. */
export const tag = "E280116060001";

/** The company seal comes out of its cabinet by both who hold its locks: from a hand alone it goes into another place. */
export async function takeInHand(url: string, bodyId: string): Promise<void> {
  const [chen, duan] = [await callAs(url, /Chen Yilin/), await callAs(url, /Duan Rui/)];
  const { openingId } = await chen("POST /v1/custody/bodies/:bodyId/bring-out", {
    ...{ params: { bodyId }, body: { purpose: "other", aboutId: null, reason: "Into its controller" } },
  });
  if (openingId !== null) await duan("POST /v1/custody/openings/:openingId/confirm", { params: { openingId } });
}

/** A box that two people enrolled, with the company seal in it and the supervisor's finger, by orders that were signed. */
export async function prepareBox(url: string, serial: string): Promise<BoxOnLine> {
  const [gao, chen] = [await callAs(url, /Gao Minzhi/), await callAs(url, /Chen Yilin/)];
  const [duan] = (await chen("GET /v1/containers")).items.flatMap(({ locks }) =>
    locks.flatMap(({ holder }) => (holder && /Duan Rui/.test(holder.name.en) ? [holder] : [])),
  );
  const mine = (await chen("GET /v1/custody/mine")).items;
  const piece = mine.find((one) => /Company seal/.test(one.seal.name.en));
  assert.ok(piece && duan);
  const me = (await chen("GET /v1/session")).person.personId;
  const entityId = (await gao("GET /v1/session")).entities[0]?.entityId ?? "";
  const { containerId } = await gao("POST /v1/containers", {
    body: {
      ...{ entityId, kind: "controller", name: { en: "Controller, Legal", zh: "印控仪（法务）" }, address: "3F" },
      ...{ insideMonitoring: true, camera: "C-3", goodForImportant: true },
      locks: [
        { kind: "key", label: "A" },
        { kind: "code", label: "B" },
      ],
    },
  });
  const made = (await gao("GET /v1/containers")).items.find((one) => one.containerId === containerId);
  for (const [at, personId] of [me, duan.personId].entries())
    await gao("PUT /v1/containers/:containerId/locks/:lockId/holder", {
      ...{ params: { containerId, lockId: made?.locks[at]?.lockId ?? "" }, body: { personId } },
    });
  const line = await putOnLine(url, { first: gao, second: chen }, { entityId, containerId, serial, zh: "法务印控仪" });
  const second = (await gao("GET /v1/session")).person.personId;
  const { controllerId } = line;
  const order = (body: {
    kind: "mount" | "cred-add";
    bodyId?: string;
    slotNumber?: number;
    radioTag?: string;
    personId?: string;
  }) =>
    chen("POST /v1/controllers/:controllerId/orders", {
      params: { controllerId },
      body: { ...body, secondPersonId: second },
    });
  await takeInHand(url, piece.bodyId);
  await order({ kind: "mount", bodyId: piece.bodyId, slotNumber: 0, radioTag: tag });
  await line.carryOut(["fp:1", "fp:2"]);
  line.box.doorOpen = true;
  await line.controller.sense({ kind: "door-open" });
  line.box.tags = [tag];
  line.box.doorOpen = false;
  await line.controller.sense({ kind: "door-closed" });
  await chen("POST /v1/custody/bodies/:bodyId/lock-away", { params: { bodyId: piece.bodyId }, body: { containerId } });
  const ordersOf = async () => chen("GET /v1/controllers/:controllerId/orders", { params: { controllerId } });
  const { people } = await until(ordersOf, ({ mounted }) => mounted.length === 1);
  const lin = people.find((one) => /林越/.test(one.name.zh));
  await order({ kind: "cred-add", personId: lin?.personId ?? "" });
  await line.carryOut(["fp:1", "fp:2"]);
  await until(ordersOf, ({ fingers }) => fingers.length === 3);
  return line;
}
