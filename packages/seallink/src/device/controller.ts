import type { AuthorisationClaims } from "../claims/authorisation.ts";
import { authorisationClaims } from "../claims/authorisation.ts";
import { readClaims } from "../wire/fields.ts";
import { peekJws } from "../wire/jws.ts";
import { type Answer, Core, deny } from "./core.ts";
import { confirmFirmware, type FirmwareState, firmwareState, install, takeImage, takeManifest } from "./firmware.ts";
import { takeOrder } from "./handle-order.ts";
import {
  askTime,
  enrol,
  finishEnrolment,
  loadBeside,
  reportTwin,
  takeAck,
  takeCommand,
  takeTime,
  takeTrust,
  takeTwin,
} from "./handle-platform.ts";
import { closeToken, nameOfToken, takeRevocation, takeToken } from "./handle-token.ts";
import type { DeviceState } from "./machine.ts";
import type { Memory } from "./memory.ts";
import { openText } from "./pages.ts";
import type { ControllerPorts } from "./ports.ts";
import { askRemote, choose, interruptRemote, present, send, takeCosign } from "./session.ts";
import { press, retake, type StrokeOutcome } from "./stroke.ts";
import { type SensorEvent, sense, tick } from "./watch.ts";

/** What a screen shows, and a test looks at. */
export interface ControllerView {
  readonly state: DeviceState;
  readonly dev: string;
  readonly ep: number;
  readonly seq: number;
  /** Records up to this one are with the platform; `waiting` are not. */
  readonly acked: number;
  readonly waiting: number;
  readonly imp: readonly number[];
  readonly tokens: readonly { readonly claims: AuthorisationClaims; readonly left: number }[];
  /** The chosen authorisation and who is there for it. */
  readonly session:
    | {
        readonly jti: string;
        readonly op?: string;
        readonly sup: readonly string[];
        /** The press that somebody elsewhere was asked about, and whether he has agreed. */
        readonly remote?: { readonly n: number; readonly agreed: boolean; readonly refused: boolean };
      }
    | undefined;
  /** The order that waits for its people, and which of them are there. */
  readonly order: { readonly jti: string; readonly kind: string; readonly present: readonly string[] } | undefined;
  readonly lock: string | null;
  readonly tamper: string | null;
  readonly custody: Memory["custody"];
  readonly slots: Memory["slots"];
  /** Pictures that the platform has not named yet. */
  readonly pictures: readonly string[];
  readonly firmware: FirmwareState;
  /** Versions of the settings and of the trust list in force. */
  readonly twin: number;
  readonly trust: number;
  /** Milliseconds since 1970 as the controller believes it, and how it knows. */
  readonly time: { readonly t: number; readonly tq: string };
}

/**
 * A seal controller (clauses 3 and 4.1). Whatever is asked of it is done one after the other and answered by a value or
 * a reason code. It rejects only where a port failed: then it does nothing more, and the shell starts it anew from its
 * storage, which is what happens after a power cut, too.
 */
export interface Controller {
  /** The platform's answer to the enrolment, as it came. FORMAT, or a code of the trust list's signature. */
  readonly enrol: (answer: string) => Promise<Answer>;
  /** Any signed text of the platform; `carried` where a phone brought it. */
  readonly receive: (text: string, carried?: boolean) => Promise<Answer>;
  /** Somebody chooses an authorisation on the screen. NO_AUTH, COUNT_USED_UP, REVOKED, LOW_BATTERY, NOT_NOW… */
  readonly choose: (jti: string) => Promise<Answer>;
  /** The session ends; nothing of the authorisation is lost. */
  readonly leave: () => Promise<Answer>;
  /** A credential was recognised, such as `fp:17`. WRONG_OPERATOR, NO_SUPERVISOR, SAME_PERSON, NEEDS_TWO… */
  readonly present: (cred: string) => Promise<Answer>;
  /** Somebody presses: what came of it and how many impressions are left, or why nothing moved. */
  readonly press: () => Promise<Answer<{ readonly out: StrokeOutcome; readonly left: number }>>;
  /** Takes the picture for the person who co-signs (mode `remote`) and asks him, by a record. */
  readonly askRemote: () => Promise<Answer<{ readonly n: number; readonly h: string }>>;
  /** Takes the picture that is missing. */
  readonly retake: () => Promise<Answer>;
  readonly sense: (event: SensorEvent) => Promise<Answer>;
  /** To be called every few seconds. */
  readonly tick: () => Promise<void>;
  /** The connection is there: sends what is not acknowledged, and asks for the time and for tokens. */
  readonly connected: () => Promise<void>;
  /** A fresh question for an authorisation that has to answer it (`cn`). */
  readonly askNonce: () => Promise<string>;
  readonly takeImage: (image: Uint8Array) => Promise<Answer>;
  readonly install: () => Promise<Answer>;
  /** The journal to be printed: one signed record a line. */
  readonly printJournal: () => Promise<string>;
  readonly view: () => ControllerView;
}

/** Starts a controller from its storage: a new box waits for its enrolment, an old one says that it has started. */
export async function createController(ports: ControllerPorts): Promise<Controller> {
  const core = new Core(ports);
  await start(core);
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, and nothing after a port has failed. */
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(async () => {
      if (core.journal.broken) throw new Error("The controller has to be started anew.");
      try {
        return await work();
      } catch (error) {
        core.journal.broken = true;
        throw error;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    enrol: (answer) => inTurn(() => enrol(core, answer)),
    receive: (text, carried = false) => inTurn(() => receive(core, text, carried)),
    choose: (jti) => inTurn(() => choose(core, jti)),
    leave: () => inTurn(() => leave(core)),
    present: (cred) => inTurn(() => present(core, cred)),
    press: () => inTurn(() => press(core)),
    askRemote: () => inTurn(() => askRemote(core)),
    retake: () => inTurn(() => retake(core)),
    sense: (event) => inTurn(() => sense(core, event)),
    tick: () => inTurn(() => tick(core)),
    connected: () => inTurn(() => connected(core)),
    askNonce: () => inTurn(() => askNonce(core)),
    takeImage: (image) => inTurn(() => takeImage(core, image)),
    install: () => inTurn(() => install(core)),
    printJournal: () => inTurn(() => core.journal.print()),
    view: () => viewOf(core),
  };
}

/** After the power came: what is stored is read, a stroke that was cut is ended, and what does not fit is alarmed. */
async function start(core: Core): Promise<void> {
  if (!(await core.journal.load())) return;
  for (const [jti, { live }] of Object.entries(core.memory.tokens)) {
    const claims = live ? await loadToken(core, jti) : undefined;
    if (claims !== undefined) core.tokens.set(jti, claims);
  }
  await finishEnrolment(core);
  const { open } = core.memory;
  const { ver, hash } = core.ports.firmware;
  const cut = open === null ? {} : { open: { jti: open.jti, n: open.n, slot: open.slot } };
  await core.append({ ty: "boot", fw: ver, fwh: hash, ...cut });
  if (open !== null) {
    const { jti, n, slot, op, sup } = open;
    // Whether the seal left nobody saw: it counts as used until a person has looked at the paper.
    await core.append({ ty: "stamp.end", jti, n, slot, op, sup, out: "unknown", ms: 0, pic: [] });
  }
  await loadBeside(core);
  if (core.memory.remote !== undefined) await interruptRemote(core, "power");
  await confirmFirmware(core);
  for (const [jti, { live, used, max }] of Object.entries(core.memory.tokens)) {
    if (live && used >= max) await closeToken(core, jti, "used");
  }
  if ((await core.ports.sensors.read()).doorOpen && core.memory.tamper === null) await core.raise("alarm.open");
}

async function loadToken(core: Core, jti: string): Promise<AuthorisationClaims | undefined> {
  const text = openText(await core.ports.storage.read(nameOfToken(jti)));
  const peeked = text === undefined ? undefined : peekJws(text);
  if (peeked?.ok !== true) return undefined;
  const read = readClaims(authorisationClaims, peeked.value.payload);
  return read.ok ? read.value : undefined;
}

async function receive(core: Core, text: string, carried: boolean): Promise<Answer> {
  if (!core.enrolled) return deny("NOT_ENROLLED");
  const peeked = peekJws(text);
  if (!peeked.ok) return takeToken(core, text, carried);
  switch (peeked.value.header.typ) {
    case "seal-rev+jwt":
      return takeRevocation(core, text);
    case "seal-ord+jwt":
      return takeOrder(core, text);
    case "seal-cmd+jwt":
      return takeCommand(core, text);
    case "seal-cos+jwt":
      return takeCosign(core, text);
    case "seal-twin+jwt":
      return takeTwin(core, text);
    case "seal-trust+jwt":
      return takeTrust(core, text);
    case "seal-ack+jwt":
      return takeAck(core, text);
    case "seal-time+jwt":
      return takeTime(core, text);
    case "seal-fw+jwt":
      return takeManifest(core, text);
    default:
      // What is none of these is rejected by the door for authorisations, which writes it down.
      return takeToken(core, text, carried);
  }
}

async function leave(core: Core): Promise<Answer> {
  const refused = core.refusal("leave");
  if (refused !== undefined) return deny(refused);
  const waited = core.memory.remote !== undefined;
  core.endSession(undefined);
  if (waited) await core.journal.save();
  return { ok: true, value: undefined };
}

async function connected(core: Core): Promise<void> {
  if (!core.enrolled) return;
  await core.journal.resend();
  await askTime(core);
  await send(core, { kind: "request", m: "tokens", p: { ep: core.memory.ep } });
  await reportTwin(core);
}

async function askNonce(core: Core): Promise<string> {
  const n = core.randomText();
  // Few at a time: each may be answered once, and all are forgotten with the power.
  core.passing.nonces = new Set([...core.passing.nonces, n].slice(-8));
  await send(core, { kind: "request", m: "nonce", p: { n } });
  return n;
}

function viewOf(core: Core): ControllerView {
  const { memory, passing } = core;
  const { session, order } = passing;
  return {
    state: core.state(),
    dev: memory.dev,
    ep: memory.ep,
    seq: memory.seq,
    acked: memory.acked,
    waiting: memory.seq - memory.acked,
    imp: memory.imp,
    tokens: [...core.tokens.values()].map((claims) => {
      const token = memory.tokens[claims.jti];
      return { claims, left: Math.max(0, (token?.max ?? 0) - (token?.used ?? 0)) };
    }),
    session: session && {
      jti: session.claims.jti,
      ...(session.op === undefined ? {} : { op: session.op.u }),
      sup: session.sup.map(({ u }) => u),
      ...(session.remote === undefined
        ? {}
        : {
            remote: {
              n: session.remote.n,
              agreed: session.remote.agreed !== undefined,
              refused: session.remote.refused === true,
            },
          }),
    },
    order: order && { jti: order.claims.jti, kind: order.claims.kind, present: order.present.map(({ u }) => u) },
    lock: memory.lock,
    tamper: memory.tamper,
    custody: memory.custody,
    slots: memory.slots,
    pictures: memory.pictures,
    firmware: firmwareState(core),
    twin: memory.twin,
    trust: memory.trust,
    time: core.time(),
  };
}
