import type { RecordPicture } from "../claims/record.ts";
import type { ReasonCode } from "../texts/reasons.ts";
import { type Answer, type Core, deny, type Session } from "./core.ts";
import { closeToken } from "./handle-token.ts";
import { findStanding, isInside } from "./place.ts";
import type { SensorReading, Stroke } from "./ports.ts";
import { interruptRemote, refusePress, remoteWindow, without } from "./session.ts";
import { checkAge, checkWindow } from "./token-check.ts";

export type StrokeOutcome = "done" | "aborted" | "unknown";

/** Longest cycle of the drive in milliseconds (clause 3.12). */
export const cycleMs = 20_000;

/** Somebody presses. Done, aborted or unknown where the drive moved; else the reason why it did not. */
export async function press(core: Core): Promise<Answer<{ readonly out: StrokeOutcome; readonly left: number }>> {
  if (!core.enrolled) return deny("NOT_ENROLLED");
  const { session } = core.passing;
  const refused = core.refusal("press");
  if (refused !== undefined) {
    return refusePress(core, refused === "NO_AUTH" ? (core.passing.ended ?? refused) : refused);
  }
  if (session === undefined) return refusePress(core, "NO_AUTH");
  const reading = await core.ports.sensors.read();
  const code = await checkPress(core, session, reading);
  if (code !== undefined) return refusePress(core, code, session.op?.cred);
  return move(core, session, reading);
}

/** Everything that is asked at each press again (clause 3.5), in this order. */
async function checkPress(core: Core, session: Session, reading: SensorReading): Promise<ReasonCode | undefined> {
  const { claims, op } = session;
  const { jti, use, seal } = claims;
  const token = core.memory.tokens[jti];
  const slot = core.memory.slots[String(seal.slot)];
  const time = core.time();
  if (op === undefined || token === undefined || !token.live) return "NO_AUTH";
  if (checkWindow(claims, time) === "EXPIRED") {
    await closeToken(core, jti, "expired");
    return "EXPIRED";
  }
  if (core.ports.clock.uptime() - op.up > (use.sess ?? 300) * 1000) {
    core.endSession("SESSION_OVER");
    return "SESSION_OVER";
  }
  // The forced one sees an ordinary refusal; who watches the journal sees the finger (attack 39).
  if (session.duress) return "FAULT";
  if (reading.battery <= 5) return "LOW_BATTERY";
  if (use.mode === "console" && !reading.docked) return "NOT_DOCKED";
  const { remote } = session;
  if (use.mode === "remote") {
    if (remote?.refused === true) return "COSIGN_REFUSED";
    const agreed = remote?.agreed;
    if (remote?.n !== token.begun + 1 || agreed === undefined || time.t >= agreed.exp * 1000) return "NO_COSIGN";
    if (core.ports.clock.uptime() - remote.up > remoteWindow) return "NO_COSIGN";
    if (remote.docked && !reading.docked) {
      await interruptRemote(core, "undocked");
      return "SESSION_OVER";
    }
  }
  const age = checkAge(claims, core.memory, time, core.setting("maxOffline"));
  if (age !== undefined) return age;
  if (slot === undefined || slot.seal !== seal.id || slot.face !== seal.face) return "WRONG_SEAL";
  if (slot.locked) return "WRONG_TAG";
  if (reading.tags[seal.slot] !== slot.tag) {
    await core.raise("alarm.tag", { slot: seal.slot });
    return "WRONG_TAG";
  }
  const { loc } = claims;
  const away = findStanding(core.memory.custody, core.setting("fence"), reading) !== "inside";
  if (away || (loc !== undefined && !isInside(reading.fix, loc))) {
    // Only an authorisation that says so is pressed outside, and told.
    if (loc?.do !== "alarm") return "FENCE";
    if (core.mayWrite("alarm.fence", 1).write) await core.raise("alarm.fence", { jti });
  }
  if (core.journal.fullness() >= 95 || (await core.ports.storage.picturesFull()) >= 0.95) return "SPACE";
  const owed = claims.pic?.block === true && token.pictures !== undefined && token.pictures < claims.pic.after;
  if (owed) return "PIC_DEBT";
  return token.used >= token.max ? "COUNT_USED_UP" : undefined;
}

async function move(
  core: Core,
  session: Session,
  reading: SensorReading,
): Promise<Answer<{ readonly out: StrokeOutcome; readonly left: number }>> {
  const { claims, op, remote } = session;
  const slot = claims.seal.slot;
  const n = (core.memory.tokens[claims.jti]?.begun ?? 0) + 1;
  const stroke = { jti: claims.jti, n, slot, op: op?.cred ?? "", sup: session.sup.map(({ cred }) => cred) };
  const before = remote === undefined ? await takePictures(core, "before", claims.pic?.before ?? 0) : [remote.picture];
  // In an emergency what lies under the seal is the document: unseen it is not stamped.
  const unseen = before.length < (claims.pic?.before ?? 0) || before.some(({ dark }) => dark === true);
  if (claims.use.mode === "emergency" && unseen) return refusePress(core, "PIC_DEBT", op?.cred);
  const loc = reading.fix === undefined ? {} : { loc: reading.fix };
  const counted = await core.ports.drive.counters();
  await core.append({
    ty: "stamp.begin",
    ...stroke,
    ...loc,
    ...(before.length === 0 ? {} : { pic: before }),
    ...(remote?.agreed === undefined ? {} : { cos: remote.agreed.hash }),
  });
  // What the record has just shown of the counters may have latched the box.
  if (core.memory.tamper !== null) return abandon(core, stroke);
  core.passing.stage = "stroke";
  const seen = await moveDrive(core, slot);
  core.passing.stage = "settle";
  const rise = ((await core.ports.drive.counters())[slot] ?? 0) - (counted[slot] ?? 0);
  const out = judgeStroke(seen, rise);
  const { pic } = claims;
  const pictures =
    out === "aborted"
      ? []
      : [
          ...(await takePictures(core, "after", pic?.after ?? 1)),
          ...(await takePictures(core, "face", pic?.face ?? 0)),
        ];
  const hits = seen !== undefined && seen.contacts > 1 ? { hits: seen.contacts } : {};
  const sen = {
    ...hits,
    ...(seen?.dist === undefined ? {} : { dist: seen.dist }),
    ...(seen?.force === undefined ? {} : { force: seen.force }),
    ...(seen?.lim === undefined ? {} : { lim: seen.lim }),
  };
  await core.append({ ty: "stamp.end", ...stroke, ...loc, out, ms: Math.floor(seen?.ms ?? 0), pic: pictures, sen });
  core.passing.stage = undefined;
  await raiseAfter(core, claims.jti, seen);
  return goOn(core, session, out);
}

/** The end of a stroke that never began to move, because the box was found tampered with after its beginning. */
async function abandon(
  core: Core,
  stroke: { jti: string; n: number; slot: number; op: string; sup: string[] },
): Promise<Answer<never>> {
  await core.append({ ty: "stamp.end", ...stroke, out: "aborted", ms: 0, pic: [] });
  core.endSession(undefined);
  return refusePress(core, "TAMPER");
}

async function moveDrive(core: Core, slot: number): Promise<Stroke | undefined> {
  try {
    return await core.ports.drive.stroke(slot, { holdMs: core.setting("longPressMs"), cycleMs });
  } catch {
    // A drive that fails has done nobody knows what. Where the power is gone, everything that follows fails, too.
    return undefined;
  }
}

/** What a stroke came to, from what was seen and by how much the drive's counter rose (clause 3.6). */
export function judgeStroke(seen: Stroke | undefined, rise: number): StrokeOutcome {
  if (seen === undefined || !seen.returned || seen.ms > cycleMs) return "unknown";
  if (!seen.left) return rise === 0 && seen.contacts === 0 ? "aborted" : "unknown";
  return seen.contacts >= 1 && rise === seen.contacts ? "done" : "unknown";
}

async function takePictures(core: Core, kind: RecordPicture["k"], count: number): Promise<RecordPicture[]> {
  const pictures: RecordPicture[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const picture = await core.takePicture(kind);
    if (picture !== undefined) pictures.push(picture);
  }
  return pictures;
}

async function raiseAfter(core: Core, jti: string, seen: Stroke | undefined): Promise<void> {
  if (seen === undefined || !seen.returned || seen.ms > cycleMs) await core.raise("alarm.motor", { jti });
  if (seen === undefined) return;
  if (seen.heldMs > core.setting("longPressMs")) await core.raise("alarm.longpress", { jti });
  if (seen.contacts > 1) await core.raise("alarm.hits", { jti, level: Math.min(100, seen.contacts) });
}

async function goOn(
  core: Core,
  session: Session,
  out: StrokeOutcome,
): Promise<Answer<{ readonly out: StrokeOutcome; readonly left: number }>> {
  const token = core.memory.tokens[session.claims.jti];
  const left = Math.max(0, (token?.max ?? 0) - (token?.used ?? 0));
  if (core.passing.session !== undefined) {
    const { remote: _, ...rest } = session;
    core.passing.session = session.claims.use.mode === "batch" ? rest : without(session);
  }
  if (left === 0) await closeToken(core, session.claims.jti, "used");
  return { ok: true, value: { out, left } };
}

/** Takes the picture that was missing after the last stroke of the chosen authorisation. */
export async function retake(core: Core): Promise<Answer> {
  const refused = core.refusal("retake");
  if (refused !== undefined) return deny(refused);
  const claims = core.passing.session?.claims;
  const token = claims && core.memory.tokens[claims.jti];
  if (claims === undefined || token?.pictures === undefined) return deny("NO_AUTH");
  const picture = await core.takePicture("after");
  if (picture === undefined) return deny("PIC_DEBT");
  await core.append({ ty: "pic.add", jti: claims.jti, n: token.begun, pic: [picture] });
  return picture.dark === true ? deny("PIC_DEBT") : { ok: true, value: undefined };
}
