import { type OrderClaims, orderClaims } from "../claims/orders.ts";
import type { ReasonCode } from "../texts/reasons.ts";
import { openClaims } from "../wire/open-claims.ts";
import { type Answer, type Core, deny, done, type Presence } from "./core.ts";
import { seeSerial } from "./memory.ts";
import { checkWindow } from "./token-check.ts";

/** How long the box may be open for an ordered work, and how far apart the two people may come, in milliseconds. */
export const serviceWindow = 120_000;
const togetherWithin = 60_000;

/** An order arrives (clause 3.11). It waits for its two people; a later one takes its place. */
export async function takeOrder(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-ord+jwt", orderClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims, hash } = opened.value;
  const code = checkOrder(core, claims);
  if (code !== undefined) return deny(code);
  core.heardPlatform(claims.iat * 1000);
  core.journal.memory = seeSerial(core.memory, claims.asn);
  core.passing.order = { claims, hash, present: [] };
  return done;
}

function checkOrder(core: Core, claims: OrderClaims): ReasonCode | undefined {
  const { memory } = core;
  if (claims.aud !== memory.dev) return "WRONG_DEVICE";
  if (claims.ep !== memory.ep) return "WRONG_EPOCH";
  if (claims.asn <= memory.floor) return "REVOKED_FLOOR";
  if (Object.hasOwn(memory.orders, claims.jti)) return "DONE_BEFORE";
  return checkWindow(claims, core.time()) ?? core.refusal(`order-${claims.kind}`);
}

/** Somebody shows to be present while an order waits. */
export async function presentForOrder(core: Core, cred: string, known: string | undefined): Promise<Answer> {
  const { order } = core.passing;
  if (order === undefined) return deny("NOT_NOW");
  const person = order.claims.by.find(({ u, cred: handles }) => handles.includes(cred) && known === u);
  if (person === undefined) return deny("NEEDS_TWO");
  const up = core.ports.clock.uptime();
  const others = order.present.filter((each) => each.u !== person.u && up - each.up <= togetherWithin);
  const present: Presence[] = [...others, { u: person.u, cred, up }];
  await core.append({ ty: "op.verify", role: "order", op: cred, ord: order.claims.jti });
  core.passing.order = { ...order, present };
  if (present.length < order.claims.by.length) return done;
  core.passing.order = undefined;
  // Time has passed, and something may have happened since it came.
  const code = checkOrder(core, order.claims);
  return code === undefined ? carryOut(core, order.claims, order.hash) : deny(code);
}

async function carryOut(core: Core, claims: OrderClaims, hash: string): Promise<Answer> {
  const ord = claims.jti;
  switch (claims.kind) {
    case "mount":
    case "unmount":
    case "ink":
    case "door":
      return openService(core, claims);
    case "take-out": {
      const fence = claims.fence === undefined ? {} : { fence: claims.fence };
      await core.append({ ty: "custody.take", ord, to: claims.to, until: claims.until, ...fence });
      return done;
    }
    case "return":
      return takeBack(core, ord);
    case "unlock":
      await core.append({ ty: "lock.clear", was: "lock", ord });
      return done;
    case "inspect":
      return inspect(core, ord);
    case "reset-epoch":
      return resetEpoch(core, claims, hash);
    case "cred-add":
      await core.append({
        ty: "cred.add",
        cred: claims.cred,
        u: claims.u,
        ord,
        ...(claims.duress === true ? { d: 1 } : {}),
      });
      return done;
    case "cred-del":
      await core.append({ ty: "cred.del", cred: claims.cred, ord });
      return done;
  }
}

async function openService(core: Core, order: OrderClaims): Promise<Answer> {
  if (order.kind === "unmount" || order.kind === "ink") {
    if (core.memory.slots[String(order.seal.slot)]?.seal !== order.seal.id) return deny("WRONG_SEAL");
  }
  if (order.kind === "ink") await core.append({ ty: "ink.begin", slot: order.seal.slot, ord: order.jti });
  const until = core.ports.clock.uptime() + serviceWindow;
  core.passing.service = { order, until, opened: false };
  core.endSession(undefined);
  return done;
}

async function takeBack(core: Core, ord: string): Promise<Answer> {
  if (core.memory.custody === null) return deny("NOT_NOW");
  const wrong = await findWrongTag(core);
  if (wrong !== undefined) {
    await core.raise("alarm.tag", { slot: wrong });
    return deny("WRONG_TAG");
  }
  core.endSession(undefined);
  await core.append({ ty: "custody.return", ord });
  core.passing.fenceTold = false;
  return done;
}

async function inspect(core: Core, ord: string): Promise<Answer> {
  if ((await core.ports.sensors.read()).doorOpen) return deny("TAMPER");
  if ((await findWrongTag(core)) !== undefined) return deny("WRONG_TAG");
  await core.append({ ty: "lock.clear", was: "tamper", ord });
  return done;
}

async function resetEpoch(core: Core, claims: OrderClaims & { kind: "reset-epoch" }, hash: string): Promise<Answer> {
  if (core.memory.acked < core.memory.seq && claims.force !== true) return deny("NOT_DELIVERED");
  core.endSession(undefined);
  core.tokens.clear();
  await core.journal.appendGenesis(claims.next, hash, "reset");
  return done;
}

/** A slot whose seal does not answer with its own tag, or an empty one that answers. */
async function findWrongTag(core: Core, except?: number): Promise<number | undefined> {
  const { tags } = await core.ports.sensors.read();
  const slots = Math.max(tags.length, ...Object.keys(core.memory.slots).map((slot) => Number(slot) + 1));
  for (let slot = 0; slot < slots; slot += 1) {
    if (slot !== except && tags[slot] !== core.memory.slots[String(slot)]?.tag) return slot;
  }
  return undefined;
}

/** The door was opened: by order, or not. */
export async function doorOpened(core: Core): Promise<void> {
  const { service } = core.passing;
  if (service === undefined || core.state() !== "SERVICE") {
    await core.raise("alarm.open");
    return;
  }
  if (service.opened) return;
  core.passing.service = { ...service, opened: true };
  await core.append({ ty: "door.open", ord: service.order.jti });
}

/** The door was closed: an ordered work ends where the tags are as ordered, else the people may open it again. */
export async function doorClosed(core: Core): Promise<Answer> {
  const refused = core.refusal("door-closed");
  if (refused !== undefined) return deny(refused);
  const { service } = core.passing;
  if (service === undefined || !service.opened || core.state() !== "SERVICE") {
    await core.append({ ty: "door.close" });
    return done;
  }
  const { order } = service;
  const wrong = await checkWork(core, order);
  if (wrong !== undefined) {
    await core.append({ ty: "door.close", ord: order.jti });
    core.passing.service = { ...service, opened: false };
    return deny("WRONG_TAG");
  }
  await finishWork(core, order);
  await core.append({ ty: "door.close", ord: order.jti });
  core.passing.service = undefined;
  return done;
}

async function checkWork(core: Core, order: OrderClaims): Promise<number | undefined> {
  if (order.kind !== "mount" && order.kind !== "unmount") return findWrongTag(core);
  const { slot } = order.seal;
  const read = (await core.ports.sensors.read()).tags[slot];
  const expected = order.kind === "mount" ? order.seal.tag : undefined;
  return read === expected ? findWrongTag(core, slot) : slot;
}

async function finishWork(core: Core, order: OrderClaims): Promise<void> {
  const ord = order.jti;
  if (order.kind === "ink") await core.append({ ty: "ink.end", slot: order.seal.slot, ord });
  if (order.kind === "unmount")
    await core.append({ ty: "seal.unmount", slot: order.seal.slot, seal: order.seal.id, ord });
  if (order.kind !== "mount") return;
  const { slot, id, tag, face } = order.seal;
  const before = core.memory.slots[String(slot)];
  if (before !== undefined) await core.append({ ty: "seal.unmount", slot, seal: before.seal, ord });
  const picture = await core.takePicture("face");
  await core.append({ ty: "seal.mount", slot, seal: id, tag, face, ord, pic: picture === undefined ? [] : [picture] });
}
