import { commandClaims } from "../claims/orders.ts";
import {
  ackClaims,
  defaultSettings,
  parseEnrolmentAnswer,
  type TrustClaims,
  tableOfTrust,
  timeClaims,
  trustClaims,
  twinClaims,
} from "../claims/platform.ts";
import { digest } from "../wire/crypto.ts";
import { readClaims } from "../wire/fields.ts";
import { type JwsCode, peekJws } from "../wire/jws.ts";
import { type Opened, openClaims } from "../wire/open-claims.ts";
import type { Outcome } from "../wire/outcome.ts";
import { type Answer, type Core, deny, done } from "./core.ts";
import { startMemory } from "./memory.ts";

/** A command arrives (clause 3.11): done at once, by nobody at the device. */
export async function takeCommand(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-cmd+jwt", commandClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims } = opened.value;
  if (claims.aud !== core.memory.dev) return deny("WRONG_DEVICE");
  if (claims.ep !== core.memory.ep) return deny("WRONG_EPOCH");
  const { t } = core.time();
  if (t >= (claims.exp + 60) * 1000) return deny("EXPIRED");
  if (t < (claims.iat - 60) * 1000) return deny("NOT_YET");
  if (claims.cseq <= core.memory.cseq) return deny("STALE");
  core.heardPlatform(claims.iat * 1000);
  core.journal.memory = { ...core.memory, cseq: claims.cseq };
  await core.journal.save();
  switch (claims.cmd) {
    case "lock": {
      const refused = core.refusal("lock");
      if (refused !== undefined) return deny(refused);
      await core.setLock("command");
      return done;
    }
    case "cancel":
      core.passing.order = undefined;
      core.endSession("SESSION_OVER");
      return done;
    case "hb":
      await core.append({ ty: "hb", ...(claims.nonce === undefined ? {} : { nonce: claims.nonce }) });
      return done;
    default:
      core.ports.signal?.(claims.cmd);
      return done;
  }
}

/**
 * An acknowledgement arrives (clause 0, no. 8). It is believed only where it names our own record; one that covers what
 * this device has never written shows that its memory was set back.
 */
export async function takeAck(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-ack+jwt", ackClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims } = opened.value;
  if (claims.aud !== core.memory.dev) return deny("WRONG_DEVICE");
  if (claims.ep !== core.memory.ep) return deny("WRONG_EPOCH");
  const own = claims.upto > core.memory.seq ? undefined : await core.journal.readRecord(claims.upto);
  const freed = claims.upto > 0 && claims.upto < core.memory.oldest;
  const agrees = claims.upto === 0 || freed || (own !== undefined && (await digest(core.crypto, own)) === claims.head);
  if (!agrees) {
    if (core.memory.tamper === null)
      await core.raise("alarm.rollback", { det: `ack ${claims.upto} of ${core.memory.seq}` });
    return deny("COUNTER_BEHIND");
  }
  core.heardPlatform(claims.t);
  const named = new Set(claims.pic ?? []);
  core.journal.memory = { ...core.memory, pictures: core.memory.pictures.filter((hash) => !named.has(hash)) };
  await core.journal.acknowledge(claims.upto);
  for (const hash of named) await core.ports.storage.dropPicture(hash);
  if (claims.want !== undefined) await core.journal.resend(claims.want);
  return done;
}

/** Asks the platform for the time; the answer has to carry the nonce. */
export async function askTime(core: Core): Promise<void> {
  const n = core.randomText();
  const t1 = Math.floor(core.ports.clock.uptime());
  core.passing.asked = { n, t1 };
  try {
    await core.ports.transport.send({ kind: "request", m: "time", p: { t1, n } });
  } catch {
    // Nobody there: it is asked again.
  }
}

/** The answer about the time arrives (clause 3.9): believed where it was asked for and came within two seconds. */
export async function takeTime(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-time+jwt", timeClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims } = opened.value;
  const { asked } = core.passing;
  if (claims.aud !== core.memory.dev) return deny("WRONG_DEVICE");
  if (asked === undefined || asked.n !== claims.n || asked.t1 !== claims.t1) return deny("NONCE");
  core.passing.asked = undefined;
  const up = core.ports.clock.uptime();
  const trip = up - asked.t1 - Math.max(0, claims.t3 - claims.t2);
  // What was signed after the answer may overtake it on the way, by no more than the way took.
  if (trip < 0 || trip >= 2000 || claims.t3 + trip < core.memory.signedAt) return deny("STALE");
  const from = core.time().t;
  const t = claims.t3 + Math.floor(trip / 2);
  const own = core.ports.clock.now();
  core.heardPlatform(claims.t3);
  core.passing.since = { ...core.passing.since, answer: { t, up } };
  core.passing.syncedUp = up;
  core.journal.memory = { ...core.memory, clockOffset: own === undefined ? core.memory.clockOffset : t - own };
  if (Math.abs(core.time().t - from) > 60_000) {
    await core.append({ ty: "clock.set", from: Math.floor(from), to: Math.floor(core.time().t) });
  } else {
    await core.journal.save();
  }
  return done;
}

/** Wanted settings arrive: a lower version than the one in force is ignored. */
export async function takeTwin(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-twin+jwt", twinClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims } = opened.value;
  if (claims.aud !== core.memory.dev) return deny("WRONG_DEVICE");
  if (claims.ver <= core.memory.twin) {
    // Who sends an older one does not know what is in force.
    await reportTwin(core);
    return deny("STALE");
  }
  await core.pages.twin.write(JSON.stringify(claims));
  core.settings = { ...defaultSettings, ...claims.desired };
  // Whoever is outside another place than before is told of anew.
  core.passing.fenceTold = false;
  await core.append({ ty: "cfg.apply", what: "twin", ver: claims.ver });
  await reportTwin(core);
  return done;
}

/** Says which settings are in force. Lost on the way, it is said again at the next connection. */
export async function reportTwin(core: Core): Promise<void> {
  try {
    await core.ports.transport.send({ kind: "twin", report: { ver: core.memory.twin, reported: core.settings } });
  } catch {
    // Nobody there.
  }
}

/** A trust list arrives (clause 3.1): signed by a trust key of the list in force, never of a lower or equal version. */
export async function takeTrust(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-trust+jwt", trustClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims } = opened.value;
  if (claims.ver <= (core.trust?.ver ?? 0)) return deny("STALE");
  if (claims.iss !== core.trust?.iss) return deny("FORMAT");
  await core.pages.trust.write(text);
  core.useTrust(claims);
  await core.append({ ty: "cfg.apply", what: "trust", ver: claims.ver });
  return done;
}

/** Reads a trust list that has only itself to vouch for it: at enrolment, where two people compared codes. */
async function openFirstTrust(core: Core, text: string): Promise<Outcome<Opened<TrustClaims>, JwsCode>> {
  const peeked = peekJws(text);
  if (!peeked.ok) return peeked;
  const own = readClaims(trustClaims, peeked.value.payload);
  return own.ok ? openClaims(text, "seal-trust+jwt", trustClaims, tableOfTrust(own.value), core.crypto) : own;
}

/** The answer to the enrolment arrives (clause 3.2): the box has a name, whom to believe, and a journal's beginning. */
export async function enrol(core: Core, answer: string): Promise<Answer> {
  const refused = core.refusal("enrol");
  if (refused !== undefined) return deny(refused);
  const parsed = parseEnrolmentAnswer(answer);
  if (!parsed.ok) return parsed;
  const trust = await openFirstTrust(core, parsed.value.trust);
  if (!trust.ok) return deny(trust.code);
  if (trust.value.claims.iss !== parsed.value.iss) return deny("FORMAT");
  await core.pages.trust.write(parsed.value.trust);
  await core.pages.enrolment.write(answer);
  core.useTrust(trust.value.claims);
  const { dev, ep, asn } = parsed.value;
  await core.journal.begin({
    ...startMemory({
      dev,
      ep,
      asn,
      from: await digest(core.crypto, answer),
      imp: await core.ports.drive.counters(),
      trust: trust.value.claims.ver,
      signedAt: trust.value.claims.iat * 1000,
    }),
    rollbackIndex: core.ports.firmware.rollbackIndex,
  });
  await finishEnrolment(core);
  return done;
}

/** Writes what an enrolment begins the journal with, or what a power cut left out of it. */
export async function finishEnrolment(core: Core): Promise<void> {
  const answer = await core.pages.enrolment.read();
  const parsed = answer === undefined ? undefined : parseEnrolmentAnswer(answer);
  if (parsed?.ok !== true) return;
  if (core.memory.seq === 0) await core.journal.appendGenesis(core.memory.ep, core.memory.head, "enrol");
  // Only what the enrolment itself left out: afterwards orders alone say whom the device knows.
  const handles = (parsed.value.people ?? []).flatMap(({ u, cred }) => cred.map((handle) => ({ u, handle })));
  if (core.memory.boot > 1 || core.memory.seq > handles.length) return;
  for (const { u, handle } of handles) {
    if (!Object.hasOwn(core.memory.creds, handle)) await core.append({ ty: "cred.add", cred: handle, u, ord: "enrol" });
  }
}

/** Reads at a start what is stored beside the journal, and says in it what a power cut kept from being said. */
export async function loadBeside(core: Core): Promise<void> {
  const trust = await core.pages.trust.read();
  const opened = trust === undefined ? undefined : await openFirstTrust(core, trust);
  if (opened?.ok === true) core.useTrust(opened.value.claims);
  const twin = await core.pages.twin.read();
  const peeked = twin === undefined ? undefined : readClaims(twinClaims, JSON.parse(twin));
  if (peeked?.ok === true) core.settings = { ...defaultSettings, ...peeked.value.desired };
  if (core.trust !== undefined && core.trust.ver > core.memory.trust) {
    await core.append({ ty: "cfg.apply", what: "trust", ver: core.trust.ver });
  }
  if (peeked?.ok === true && peeked.value.ver > core.memory.twin) {
    await core.append({ ty: "cfg.apply", what: "twin", ver: peeked.value.ver });
  }
}
