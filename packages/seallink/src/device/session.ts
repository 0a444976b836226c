import { cosignClaims } from "../claims/orders.ts";
import type { ReasonCode } from "../texts/reasons.ts";
import { openClaims } from "../wire/open-claims.ts";
import { type Answer, type Core, deny, done, type Presence, type Session } from "./core.ts";
import { presentForOrder } from "./handle-order.ts";

/** Somebody chooses what to stamp from the pending authorisations on the screen (clause 1.3, lesson 3). */
export async function choose(core: Core, jti: string): Promise<Answer> {
  const refused = core.refusal("choose");
  if (refused !== undefined) return deny(refused);
  const claims = core.tokens.get(jti);
  const token = core.memory.tokens[jti];
  if (claims === undefined || token?.live !== true) {
    const used = token !== undefined && token.used >= token.max;
    return deny(used ? "COUNT_USED_UP" : Object.hasOwn(core.memory.revoked, jti) ? "REVOKED" : "NO_AUTH");
  }
  if (token.used >= token.max) return deny("COUNT_USED_UP");
  if ((await core.ports.sensors.read()).battery <= 10) return deny("LOW_BATTERY");
  core.passing.session = { claims, sup: [], duress: false };
  core.passing.ended = undefined;
  return done;
}

/** A finger on the reader, a card at it: for the order that waits, else for the chosen authorisation. */
export async function present(core: Core, cred: string): Promise<Answer> {
  const known = core.memory.creds[cred];
  if (core.passing.order !== undefined) return presentForOrder(core, cred, known?.u);
  const refused = core.refusal("verify");
  if (refused !== undefined) return deny(core.passing.ended ?? refused);
  const session = core.passing.session;
  if (session === undefined) return deny("NO_AUTH");
  const code =
    session.op === undefined ? await verifyOperator(core, session, cred) : await verifySupervisor(core, session, cred);
  return code === undefined ? done : refusePress(core, code, cred);
}

/** A handle names whoever it was enrolled for: a slot that was given to somebody else opens nothing. */
function isTheirs(core: Core, person: { readonly u: string; readonly cred: readonly string[] }, cred: string): boolean {
  return person.cred.includes(cred) && core.memory.creds[cred]?.u === person.u;
}

async function verifyOperator(core: Core, session: Session, cred: string): Promise<ReasonCode | undefined> {
  const { claims } = session;
  const known = core.memory.creds[cred];
  const duress = known?.duress === true && claims.op.some(({ u }) => u === known.u);
  const person = duress ? known : claims.op.find((each) => isTheirs(core, each, cred));
  if (person === undefined) return "WRONG_OPERATOR";
  const op: Presence = { u: person.u, cred, up: core.ports.clock.uptime() };
  await core.append({ ty: "op.verify", role: "op", op: cred, jti: claims.jti, ...(duress ? { d: 1 } : {}) });
  if (duress) await core.raise("alarm.duress", { jti: claims.jti });
  core.passing.session = { ...session, op, duress: session.duress || duress };
  return undefined;
}

async function verifySupervisor(core: Core, session: Session, cred: string): Promise<ReasonCode | undefined> {
  const person = session.claims.sup?.of.find((each) => isTheirs(core, each, cred));
  const { op } = session;
  if (op?.cred === cred || (op !== undefined && core.memory.creds[cred]?.u === op.u)) return "SAME_PERSON";
  if (person === undefined) return "NO_SUPERVISOR";
  return addSupervisor(core, session, { u: person.u, cred, up: core.ports.clock.uptime() });
}

async function addSupervisor(core: Core, session: Session, person: Presence): Promise<ReasonCode | undefined> {
  if (session.op?.u === person.u) return "SAME_PERSON";
  const within = (session.claims.sup?.within ?? 60) * 1000;
  if (session.op === undefined || person.up - session.op.up > within) {
    // Not together: both begin again.
    core.passing.session = { ...without(session), sup: [] };
    return "NO_SUPERVISOR";
  }
  await core.append({ ty: "op.verify", role: "sup", op: person.cred, jti: session.claims.jti });
  core.passing.session = { ...session, sup: [...session.sup.filter(({ u }) => u !== person.u), person] };
  return undefined;
}

/** The session with nobody present: presence is shown anew. */
export function without({ claims, duress }: Session): Session {
  return { claims, sup: [], duress };
}

/** How old the picture may be at the press that was agreed to, in milliseconds: who waits longer takes another one. */
export const remoteWindow = 240_000;

/**
 * Takes the picture that somebody elsewhere looks at before he lets one press happen (mode `remote`). It is named in a record, so
 * that it is this box's word which picture is asked about, and goes the way of all pictures.
 */
export async function askRemote(core: Core): Promise<Answer<{ readonly n: number; readonly h: string }>> {
  const { session } = core.passing;
  if (session?.op === undefined || core.state() !== "CLEARED") return deny(core.refusal("press") ?? "NOT_NOW");
  const { claims, op } = session;
  const token = core.memory.tokens[claims.jti];
  if (claims.use.mode !== "remote") return deny("NOT_NOW");
  if (token === undefined || !token.live) return deny("NO_AUTH");
  // Nobody is asked about a press that would be refused for the room it takes.
  if (core.journal.fullness() >= 95 || (await core.ports.storage.picturesFull()) >= 0.95) return deny("SPACE");
  const picture = await core.takePicture("before");
  if (picture === undefined || picture.dark === true) return deny("PIC_DEBT");
  const n = token.begun + 1;
  const { docked } = await core.ports.sensors.read();
  const { slot } = claims.seal;
  await core.append({ ty: "remote.ask", jti: claims.jti, n, slot, op: op.cred, pic: [picture] });
  const remote = { n, h: picture.h, picture, up: core.ports.clock.uptime(), docked };
  core.passing.session = { ...session, remote };
  return { ok: true, value: { n, h: picture.h } };
}

/** What ends a session that somebody watches from elsewhere, as the alarm says it (clause 3.12). */
export type Interruption = "moved" | "shaken" | "undocked" | "power";

/** Who watches from elsewhere sees nothing of a box that is carried about: the session ends, and it is told. */
export async function interruptRemote(core: Core, det: Interruption): Promise<void> {
  const jti = core.passing.session?.claims.jti ?? core.memory.remote?.jti;
  core.endSession("SESSION_OVER");
  await core.raise("alarm.remote", { det, ...(jti === undefined ? {} : { jti }) });
}

/** A co-sign message arrives: for the one press and the one picture it names, or a supervisor's word from elsewhere. */
export async function takeCosign(core: Core, text: string): Promise<Answer> {
  const opened = await openClaims(text, "seal-cos+jwt", cosignClaims, core.table, core.crypto);
  if (!opened.ok) return deny(opened.code);
  const { claims, hash } = opened.value;
  if (claims.aud !== core.memory.dev) return deny("WRONG_DEVICE");
  if (claims.ep !== core.memory.ep) return deny("WRONG_EPOCH");
  if (core.time().t >= claims.exp * 1000) return deny("EXPIRED");
  const refused = core.refusal("cosign");
  if (refused !== undefined) return deny(refused);
  const { session } = core.passing;
  if (session === undefined || session.claims.jti !== claims.jti) return deny("NO_AUTH");
  core.heardPlatform(claims.iat * 1000);
  if (claims.k === "sup") return confirmFromElsewhere(core, session, claims.u);
  const { remote } = session;
  if (remote === undefined || remote.n !== claims.n || remote.h !== claims.h) return deny("NO_COSIGN");
  // Whoever presses has not answered for another, wherever he says it; and nobody does but who was named for it.
  if (session.op?.u === claims.u) return deny("SAME_PERSON");
  if (!isElsewhere(session, claims.u)) return deny("NO_SUPERVISOR");
  return claims.k === "press" ? agree(core, session, remote, claims.exp, hash) : refuseRemotely(core, session, remote);
}

type Asked = NonNullable<Session["remote"]>;

function agree(core: Core, session: Session, remote: Asked, exp: number, hash: string): Answer {
  // What was refused stays so for this picture, in whatever order the two arrive.
  if (remote.refused === true) return deny("COSIGN_REFUSED");
  if (core.ports.clock.uptime() - remote.up > remoteWindow) return deny("EXPIRED");
  core.passing.session = { ...session, remote: { ...remote, agreed: { hash, exp } } };
  return done;
}

/** He looked and said no: whoever stands there is told, and takes another picture. It is never too late for that. */
function refuseRemotely(core: Core, session: Session, { agreed: _, ...remote }: Asked): Answer {
  core.passing.session = { ...session, remote: { ...remote, refused: true } };
  return done;
}

const isElsewhere = (session: Session, u: string): boolean =>
  (session.claims.sup?.of ?? []).some((each) => each.u === u && each.cred.includes("app"));

async function confirmFromElsewhere(core: Core, session: Session, u: string): Promise<Answer> {
  if (!isElsewhere(session, u)) return deny("NO_SUPERVISOR");
  const code = await addSupervisor(core, session, { u, cred: "app", up: core.ports.clock.uptime() });
  return code === undefined ? done : deny(code);
}

/** Refuses a press, or what has to come before it, with a record (clause 3.15). */
export async function refusePress(core: Core, code: ReasonCode, op?: string): Promise<Answer<never>> {
  const { write, more } = core.mayWrite("stamp.refuse", 60);
  if (write && core.enrolled) {
    const jti = core.passing.session?.claims.jti;
    await core.append({
      ty: "stamp.refuse",
      reason: code,
      ...(jti === undefined ? {} : { jti }),
      ...(op === undefined ? {} : { op }),
      ...(more === undefined ? {} : { more }),
    });
  }
  return deny(code);
}

export async function send(core: Core, message: Parameters<Core["ports"]["transport"]["send"]>[0]): Promise<void> {
  try {
    await core.ports.transport.send(message);
  } catch {
    // Nobody there: the question is asked again.
  }
}
