import type { AlarmCode } from "../texts/alarms.ts";
import { type Answer, type Core, done } from "./core.ts";
import { doorClosed, doorOpened } from "./handle-order.ts";
import { askTime } from "./handle-platform.ts";
import { closeToken } from "./handle-token.ts";
import { findStanding } from "./place.ts";
import type { SensorReading } from "./ports.ts";
import { interruptRemote } from "./session.ts";

/** Something a sensor says by itself. `ms`: for how long. */
export type SensorEvent =
  | { readonly kind: "door-open" }
  | { readonly kind: "door-closed" }
  | { readonly kind: "vibration"; readonly ms: number }
  | { readonly kind: "move"; readonly ms: number }
  | { readonly kind: "key-fault" };

/** Takes what a sensor says (clause 3.12). */
export async function sense(core: Core, event: SensorEvent): Promise<Answer> {
  if (!core.enrolled) return done;
  switch (event.kind) {
    case "door-open":
      await doorOpened(core);
      return done;
    case "door-closed":
      return doorClosed(core);
    case "key-fault":
      await core.raise("alarm.key");
      return done;
    case "vibration":
    case "move": {
      // Also what is carried about by order stands still while somebody elsewhere looks at its paper.
      if (isWatchedRemotely(core)) await interruptRemote(core, event.kind === "move" ? "moved" : "shaken");
      // What is carried about by order shakes and moves.
      if (core.memory.custody !== null || event.ms < 3000) return done;
      const code: AlarmCode = event.kind === "move" ? "alarm.move" : "alarm.vibration";
      const long = event.kind === "vibration" && event.ms > 10_000;
      if (!long && !core.mayWrite(code, 10).write) return done;
      await core.raise(code, long ? { level: 1 } : {});
      return done;
    }
  }
}

const isWatchedRemotely = ({ passing: { session } }: Core): boolean =>
  session?.op !== undefined && session.claims.use.mode === "remote";

/** What time alone brings about. To be called every few seconds; what is not due does nothing. */
export async function tick(core: Core): Promise<void> {
  if (!core.enrolled) return;
  const up = core.ports.clock.uptime();
  const { service, order } = core.passing;
  if (service !== undefined && up > service.until) {
    core.passing.service = undefined;
    await core.raise("alarm.open", { det: "window" });
  }
  const oldest = order?.present[0];
  if (oldest !== undefined && up - oldest.up > 60_000) core.passing.order = undefined;
  const session = core.passing.session;
  const length = (session?.claims.use.sess ?? 300) * 1000;
  if (session?.op !== undefined && up - session.op.up > length) {
    core.endSession("SESSION_OVER");
    await core.journal.save();
  }
  await watchTime(core);
  const reading = await core.ports.sensors.read();
  if (core.passing.session?.remote?.docked === true && !reading.docked) await interruptRemote(core, "undocked");
  await watchBattery(core, reading);
  await watchPlace(core, reading);
}

async function watchTime(core: Core): Promise<void> {
  const { t } = core.time();
  const up = core.ports.clock.uptime();
  for (const [jti, { exp, live }] of Object.entries(core.memory.tokens)) {
    if (live && t >= exp * 1000) await closeToken(core, jti, "expired");
  }
  const limit = core.setting("maxOffline") * 1000;
  if (limit > 0 && t - core.memory.signedAt > limit) await core.setLock("offline");
  const { custody } = core.memory;
  if (custody !== null && t > custody.until * 1000 && core.memory.lock === null) {
    await core.raise("alarm.overdue");
    await core.setLock("overdue");
  }
  if (t - core.memory.hbAt >= core.setting("heartbeat") * 1000) await core.append({ ty: "hb" });
  const synced = core.passing.syncedUp;
  // Asked for early enough that a box that is connected never locks itself.
  const soon = limit > 0 ? Math.min(300_000, limit / 2) : 300_000;
  if (synced === undefined || up - synced > 3_600_000 || t - core.memory.signedAt > soon) await askTime(core);
}

const batteryLevels = [5, 10, 20] as const;

async function watchBattery(core: Core, { battery }: SensorReading): Promise<void> {
  const level = batteryLevels.find((each) => battery <= each);
  if (level !== undefined && level < core.memory.battery) await core.raise("alarm.lowbat", { level });
  if (level === 5) await core.setLock("battery");
  if (battery > 25 && core.memory.battery < 100) core.journal.memory = { ...core.memory, battery: 100 };
}

/** Outside at two looks one after the other, or five minutes without knowing where. */
async function watchPlace(core: Core, reading: SensorReading): Promise<void> {
  const standing = findStanding(core.memory.custody, core.setting("fence"), reading);
  const { passing } = core;
  const up = core.ports.clock.uptime();
  passing.lostFixUp = standing === "unknown" ? (passing.lostFixUp ?? up) : undefined;
  if (standing !== "unknown") passing.outside = standing === "inside" ? 0 : passing.outside + 1;
  const lost = passing.lostFixUp !== undefined && up - passing.lostFixUp > 300_000;
  if (passing.outside < 2 && !lost) {
    if (standing === "inside") passing.fenceTold = false;
    return;
  }
  if (passing.fenceTold) return;
  passing.fenceTold = true;
  await core.raise("alarm.fence", lost ? { det: "no fix" } : {});
}
