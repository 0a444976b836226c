import type { AuthorisationClaims } from "../claims/authorisation.ts";
import type { OrderClaims } from "../claims/orders.ts";
import {
  defaultSettings,
  type FirmwareClaims,
  type Settings,
  type TrustClaims,
  tableOfTrust,
} from "../claims/platform.ts";
import type { RecordBody, RecordPicture } from "../claims/record.ts";
import type { AlarmCode } from "../texts/alarms.ts";
import { type ReasonCode, reasonTexts } from "../texts/reasons.ts";
import { encodeBase64Url } from "../wire/bytes.ts";
import { type CryptoPort, digest, webCrypto } from "../wire/crypto.ts";
import type { KeyTable } from "../wire/jws.ts";
import { type Outcome, refuse } from "../wire/outcome.ts";
import { Journal } from "./journal.ts";
import { type DeviceEvent, type DeviceState, refusalOf } from "./machine.ts";
import type { Memory } from "./memory.ts";
import { TwoPages } from "./pages.ts";
import type { ControllerPorts } from "./ports.ts";
import { readTrustedTime, type TimeSinceStart, type TrustedTime } from "./trusted-time.ts";

/** Who was recognised, and when by the uptime. */
export interface Presence {
  readonly u: string;
  readonly cred: string;
  readonly up: number;
}

/** A chosen authorisation and who is there for it. Gone with the power, so that nobody finds a box that is ready. */
export interface Session {
  readonly claims: AuthorisationClaims;
  readonly op?: Presence;
  readonly sup: readonly Presence[];
  /** The finger that means: I am being forced. */
  readonly duress: boolean;
  readonly remote?: {
    readonly n: number;
    readonly h: string;
    readonly picture: RecordPicture;
    /** When it was taken, by the uptime, and whether the box stood in its station. */
    readonly up: number;
    readonly docked: boolean;
    readonly agreed?: { readonly hash: string; readonly exp: number };
    /** He looked and said no: of this picture nothing is pressed any more. */
    readonly refused?: true;
  };
}

/** Work at the open box: what was ordered, until when by the uptime, and whether the door was opened. */
export interface Service {
  readonly order: OrderClaims;
  readonly until: number;
  readonly opened: boolean;
}

/** What a device forgets when its power goes. */
export interface Passing {
  session: Session | undefined;
  /** How the last session ended, to say so to whoever presses next. */
  ended: ReasonCode | undefined;
  stage: "stroke" | "settle" | undefined;
  service: Service | undefined;
  order: { readonly claims: OrderClaims; readonly hash: string; readonly present: readonly Presence[] } | undefined;
  since: TimeSinceStart;
  nonces: Set<string>;
  asked: { readonly n: string; readonly t1: number } | undefined;
  syncedUp: number | undefined;
  /** Uptimes of refusals by kind in the last hour, and how many were not written down since. */
  written: Map<string, { readonly ups: readonly number[]; readonly more: number }>;
  deadTokens: readonly number[];
  outside: number;
  lostFixUp: number | undefined;
  fenceTold: boolean;
  firmware: FirmwareClaims | undefined;
  downloaded: boolean;
}

export type Answer<Value = undefined> = Outcome<Value, ReasonCode>;
export const done: Answer = { ok: true, value: undefined };

export function deny(code: ReasonCode): Answer<never> {
  return refuse(code, reasonTexts[code].en);
}

/** The device's parts and its state, shared by everything it does. One thing is done at a time. */
export class Core {
  readonly ports: ControllerPorts;
  readonly crypto: CryptoPort;
  readonly journal: Journal;
  readonly pages: { readonly trust: TwoPages; readonly twin: TwoPages; readonly enrolment: TwoPages };
  trust: TrustClaims | undefined;
  table: KeyTable = () => undefined;
  settings: Settings = defaultSettings;
  readonly tokens: Map<string, AuthorisationClaims> = new Map();
  readonly passing: Passing = {
    session: undefined,
    ended: undefined,
    stage: undefined,
    service: undefined,
    order: undefined,
    since: {},
    nonces: new Set(),
    asked: undefined,
    syncedUp: undefined,
    written: new Map(),
    deadTokens: [],
    outside: 0,
    lostFixUp: undefined,
    fenceTold: false,
    firmware: undefined,
    downloaded: false,
  };

  constructor(ports: ControllerPorts) {
    this.ports = ports;
    this.crypto = ports.crypto ?? webCrypto;
    this.journal = new Journal(ports, this.crypto, () => this.time());
    this.pages = {
      trust: new TwoPages(ports.storage, "trust"),
      twin: new TwoPages(ports.storage, "twin"),
      enrolment: new TwoPages(ports.storage, "enrolment"),
    };
  }

  get memory(): Memory {
    return this.journal.memory;
  }

  get enrolled(): boolean {
    return this.journal.begun;
  }

  time(): TrustedTime {
    return readTrustedTime(this.memory, this.passing.since, this.ports.clock);
  }

  /** A setting of the platform, or its default. */
  setting<Name extends keyof Settings>(name: Name): Settings[Name] {
    return this.settings[name];
  }

  state(): DeviceState {
    if (!this.enrolled) return "FACTORY";
    const { memory, passing } = this;
    if (passing.stage !== undefined) return passing.stage === "stroke" ? "STROKE" : "SETTLE";
    if (memory.tamper !== null) return "TAMPER";
    if (memory.lock !== null) return "REMOTE_LOCKED";
    if (memory.target !== null) return "UPDATE";
    if (passing.service !== undefined) return "SERVICE";
    if (Object.keys(memory.slots).length === 0) return "ENROLLED";
    if (passing.session !== undefined) return this.sessionState(passing.session);
    return memory.custody === null ? "LOCKED" : "OUT";
  }

  sessionState({ claims, op, sup }: Session): DeviceState {
    if (op === undefined) return "ARMED";
    return sup.length >= (claims.sup?.n ?? 0) ? "CLEARED" : "READY";
  }

  /** Why an event is refused now. */
  refusal(event: DeviceEvent): ReasonCode | undefined {
    return refusalOf(this.state(), event);
  }

  async append(body: RecordBody): Promise<void> {
    await this.journal.append(body);
  }

  async raise(
    code: AlarmCode,
    more: { level?: number; slot?: number; det?: string; jti?: string } = {},
  ): Promise<void> {
    await this.append({ ty: code, ...more });
    if (this.memory.tamper !== null) this.ports.signal?.("siren");
    if (this.memory.tamper !== null || this.memory.lock !== null) this.endSession(undefined);
  }

  async setLock(why: (RecordBody & { ty: "lock.set" })["why"]): Promise<void> {
    if (this.memory.lock !== null) return;
    await this.append({ ty: "lock.set", why });
    this.endSession(undefined);
    this.passing.service = undefined;
  }

  endSession(why: ReasonCode | undefined): void {
    // Nobody waits any more: a power cut from here on interrupts nothing.
    if (this.memory.remote !== undefined) {
      const { remote: _, ...rest } = this.memory;
      this.journal.memory = rest;
    }
    this.passing.session = undefined;
    this.passing.ended = why;
  }

  /** Raises what the platform is known to have signed last; time is never believed to be before it. */
  heardPlatform(t: number): void {
    if (t <= this.memory.signedAt) return;
    this.journal.memory = { ...this.memory, signedAt: t };
    this.passing.since = { ...this.passing.since, signedUp: this.ports.clock.uptime() };
  }

  useTrust(trust: TrustClaims): void {
    this.trust = trust;
    this.table = tableOfTrust(trust);
  }

  /** Records of one kind in an hour are limited; what is left out is counted in the next one (attack 33). */
  mayWrite(kind: string, most: number): { readonly write: boolean; readonly more?: number } {
    const up = this.ports.clock.uptime();
    const before = this.passing.written.get(kind) ?? { ups: [], more: 0 };
    const ups = before.ups.filter((each) => up - each < 3_600_000);
    if (ups.length >= most) {
      this.passing.written.set(kind, { ups, more: before.more + 1 });
      return { write: false };
    }
    this.passing.written.set(kind, { ups: [...ups, up], more: 0 });
    return before.more > 0 ? { write: true, more: before.more } : { write: true };
  }

  async takePicture(kind: RecordPicture["k"]): Promise<RecordPicture | undefined> {
    const taken = await this.ports.camera.take(kind);
    if (taken === undefined) return undefined;
    const h = await digest(this.crypto, taken.bytes);
    await this.ports.storage.keepPicture(h, taken.bytes);
    return { h, k: kind, sz: taken.bytes.length, ...(taken.dark === true ? { dark: true } : {}) };
  }

  randomText(): string {
    return encodeBase64Url(this.ports.random(12));
  }
}
