import { setTimeout as wait } from "node:timers/promises";
import {
  type AuthorisationClaims,
  type Controller,
  codeShown,
  type OrderClaims,
  orderClaims,
  peekJws,
  readClaims,
} from "@chancery/seallink";
import type { SimulatedBox } from "@chancery/seallink/simulator";
import type { CommandOutput } from "./command.ts";

/** What a box that obeys needs beside its core. */
export interface ObedientBox {
  readonly box: SimulatedBox;
  readonly controller: () => Controller;
  readonly output: CommandOutput;
  /** Texts that came down, to find the order among them. */
  readonly received: readonly string[];
  readonly sendPhotos: () => Promise<void>;
  /** Share of presses at which the drive does something else than it should. */
  readonly faulty: number;
}

/** What goes wrong at a press and leaves the box at work: paper that jams, a stroke too long, two for one, none at all. */
const mishaps = ["jam", "long", "double", "missed"] as const;

const turn = 500;
/** How long a box waits for the word of who supervises from elsewhere, in milliseconds; and when it last asked, by its uptime. */
const askAgain = 120_000;
const askedAt = new WeakMap<SimulatedBox, number>();

/**
 * Plays the people at a box: carries out each order with a finger of both, and presses what it is authorised for, until the time
 * is over. So a newcomer sees a whole stamping with no hardware; it proves nothing about who stood there.
 */
export async function obey(at: ObedientBox, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  const seen = new Set<string>();
  while (Date.now() < end) {
    const now = Date.now();
    at.box.wait(now - (at.box.rtc ?? now));
    await at.controller().tick();
    const order = findOrder(at.received, at.controller().view().order?.jti);
    if (order && !seen.has(order.jti)) {
      seen.add(order.jti);
      await carryOut(at, order);
    }
    await pressAll(at);
    await at.sendPhotos();
    await wait(turn);
  }
}

function findOrder(texts: readonly string[], jti: string | undefined): OrderClaims | undefined {
  if (jti === undefined) return undefined;
  for (const text of texts.toReversed()) {
    const peeked = peekJws(text);
    if (!peeked.ok || peeked.value.header.typ !== "seal-ord+jwt") continue;
    const read = readClaims(orderClaims, peeked.value.payload);
    if (read.ok && read.value.jti === jti) return read.value;
  }
  return undefined;
}

async function carryOut({ box, controller, output }: ObedientBox, order: OrderClaims): Promise<void> {
  for (const { cred } of order.by) await controller().present(cred[0] ?? "");
  if (order.kind === "mount" || order.kind === "unmount") {
    box.doorOpen = true;
    await controller().sense({ kind: "door-open" });
    box.tags[order.seal.slot] = order.kind === "mount" ? order.seal.tag : undefined;
    box.doorOpen = false;
    await controller().sense({ kind: "door-closed" });
  }
  output.out(`order: ${order.kind}`);
}

async function pressAll(at: ObedientBox): Promise<void> {
  const { controller } = at;
  for (const { claims, left } of controller().view().tokens) {
    // One that somebody elsewhere looks at takes its time, and choosing another would end it.
    if (left > 0 && claims.use.mode === "remote") return pressRemotely(at, claims);
    if (left === 0 || !(await controller().choose(claims.jti)).ok) continue;
    for (let nth = 0; nth < left; nth += 1) {
      const { session } = controller().view();
      if (session?.op === undefined) await controller().present(claims.op[0]?.cred[0] ?? "");
      for (const { cred, u } of claims.sup?.of ?? [])
        if (!controller().view().session?.sup.includes(u)) await controller().present(cred[0] ?? "");
      if (!(await pressOnce(at, claims))) break;
    }
  }
}

/** One press, at which the drive may do something else than it should; whether the box took it. */
async function pressOnce(
  { box, controller, output, faulty }: ObedientBox,
  claims: AuthorisationClaims,
): Promise<boolean> {
  const mishap = mishaps[Math.floor(Math.random() * mishaps.length)] ?? "jam";
  box.mechanics = Math.random() < faulty ? mishap : "good";
  const pressed = await controller().press();
  box.mechanics = "good";
  output.out(`press: ${codeShown(claims)} ${pressed.ok ? pressed.value.out : pressed.code}`);
  return pressed.ok;
}

/** Asks who supervises from elsewhere, waits for his word, presses; asks anew where no word came in time. */
async function pressRemotely(at: ObedientBox, claims: AuthorisationClaims): Promise<void> {
  const { box, controller, output } = at;
  if (controller().view().session?.jti !== claims.jti && !(await controller().choose(claims.jti)).ok) return;
  if (controller().view().session?.op === undefined) await controller().present(claims.op[0]?.cred[0] ?? "");
  const remote = controller().view().session?.remote;
  if (remote?.agreed === true) {
    if (await pressOnce(at, claims)) return;
  } else if (remote !== undefined && box.up - (askedAt.get(box) ?? 0) < askAgain) return;
  askedAt.set(box, box.up);
  const ready = await controller().askRemote();
  const code = codeShown(claims);
  output.out(`ready: ${code} ${ready.ok ? `no. ${ready.value.n} waits for the supervisor elsewhere` : ready.code}`);
}
