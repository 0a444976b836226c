import type { JournalRecord } from "../claims/record.ts";
import type { Circle } from "../wire/fields.ts";

/** What is kept of an authorisation until thirty days after its end, so that it can never count anew (clause 3.5). */
export interface TokenMemory {
  readonly asn: number;
  readonly exp: number;
  readonly max: number;
  /** Digest of the token's text. */
  readonly hash: string;
  readonly live: boolean;
  /** Strokes begun; each has its own number. */
  readonly begun: number;
  /** Impressions that count: written before the drive moves, given back where the seal never left. */
  readonly used: number;
  /** Pictures taken after the last stroke that counted, undefined before it. */
  readonly pictures?: number;
}

export interface SlotMemory {
  readonly seal: string;
  readonly tag: string;
  readonly face: number;
  readonly locked: boolean;
}

/** Everything that outlives a power cut: what the records say together, and the little that no record says. */
export interface Memory {
  readonly v: 1;
  readonly dev: string;
  readonly ep: number;
  readonly seq: number;
  readonly head: string;
  readonly boot: number;
  readonly imp: readonly number[];
  /** Highest acknowledged record, and the oldest that is still stored. */
  readonly acked: number;
  readonly oldest: number;
  readonly floor: number;
  /** Serial numbers seen: all up to one, and some above it. */
  readonly asn: { readonly upto: number; readonly above: readonly number[] };
  readonly cseq: number;
  /** Latest time that the platform signed, in milliseconds: time is never believed to be before it. */
  readonly signedAt: number;
  /** What has to be added to the device's own clock. */
  readonly clockOffset: number;
  readonly slots: Readonly<Record<string, SlotMemory>>;
  readonly tokens: Readonly<Record<string, TokenMemory>>;
  /** Revoked by name, until when that has to be known, in seconds. */
  readonly revoked: Readonly<Record<string, number>>;
  readonly orders: Readonly<Record<string, number>>;
  readonly open: {
    readonly jti: string;
    readonly n: number;
    readonly slot: number;
    readonly cut: boolean;
    readonly op: string;
    readonly sup: readonly string[];
  } | null;
  /** The press that somebody elsewhere is asked to agree to: what interrupts it is told, also after a power cut. */
  readonly remote?: { readonly jti: string; readonly n: number } | undefined;
  readonly tamper: string | null;
  readonly lock: string | null;
  readonly custody: { readonly to: string; readonly until: number; readonly fence?: Circle } | null;
  readonly creds: Readonly<Record<string, { readonly u: string; readonly duress: boolean }>>;
  /** Pictures that the platform has not named yet. */
  readonly pictures: readonly string[];
  readonly target: { readonly ver: string; readonly h: string; readonly rb: number } | null;
  readonly rollbackIndex: number;
  readonly twin: number;
  readonly trust: number;
  /** Levels that were told: per cent of the journal, per cent of the battery. */
  readonly space: number;
  readonly battery: number;
  readonly hbAt: number;
  /** Digests of what each earlier epoch ended with. */
  readonly epochs: readonly { readonly ep: number; readonly seq: number; readonly head: string }[];
}

export function startMemory(start: {
  readonly dev: string;
  readonly ep: number;
  readonly asn: number;
  readonly from: string;
  readonly imp: readonly number[];
  readonly trust: number;
  readonly signedAt: number;
}): Memory {
  return {
    v: 1,
    dev: start.dev,
    ep: start.ep,
    seq: 0,
    head: start.from,
    boot: 1,
    imp: start.imp,
    acked: 0,
    oldest: 1,
    floor: 0,
    asn: { upto: start.asn, above: [] },
    cseq: 0,
    signedAt: start.signedAt,
    clockOffset: 0,
    slots: {},
    tokens: {},
    revoked: {},
    orders: {},
    open: null,
    tamper: null,
    lock: null,
    custody: null,
    creds: {},
    pictures: [],
    target: null,
    rollbackIndex: 0,
    twin: 0,
    trust: start.trust,
    space: 0,
    battery: 100,
    hbAt: 0,
    epochs: [],
  };
}

const week = 7 * 24 * 3600;
/** Alarms after which the device believes nothing until two people have looked at it. */
const latching: ReadonlySet<string> = new Set(["alarm.open", "alarm.counter", "alarm.rollback", "alarm.key"]);

/**
 * The memory after a record. The same function serves the device that has just written it and the one that finds it
 * after a power cut, so that a record which is there has always had its effect, and one that is not has had none.
 */
export function applyRecord(memory: Memory, record: JournalRecord, hash: string): Memory {
  const framed: Memory = {
    ...memory,
    ep: record.ep,
    seq: record.seq,
    head: hash,
    boot: record.boot,
    imp: record.imp,
    pictures: "pic" in record && record.pic ? [...memory.pictures, ...record.pic.map(({ h }) => h)] : memory.pictures,
    orders:
      "ord" in record && record.ord !== undefined && record.ty !== "op.verify"
        ? { ...memory.orders, [record.ord]: Math.floor(record.t / 1000) + week }
        : memory.orders,
  };
  return { ...framed, ...effectOf(framed, record) };
}

function effectOf(memory: Memory, record: JournalRecord): Partial<Memory> {
  switch (record.ty) {
    case "genesis":
      return record.why === "reset" ? startEpoch(memory, record) : {};
    case "boot":
      return { open: memory.open === null ? null : { ...memory.open, cut: true } };
    case "auth.accept": {
      const { asn, exp, max, tok } = record;
      const token = { asn, exp, max, hash: tok, live: true, begun: 0, used: 0 };
      return { tokens: { ...memory.tokens, [record.jti]: token } };
    }
    case "auth.close":
      return {
        tokens: changeToken(memory, record.jti, { live: false }),
        revoked:
          record.why === "revoked"
            ? { ...memory.revoked, [record.jti]: record.until ?? Math.floor(record.t / 1000) + 2 * week }
            : memory.revoked,
      };
    case "stamp.begin": {
      const used = (memory.tokens[record.jti]?.used ?? 0) + 1;
      const { jti, n, slot, op, sup } = record;
      return {
        tokens: changeToken(memory, jti, { begun: n, used }),
        open: { jti, n, slot, cut: false, op, sup },
        remote: undefined,
      };
    }
    case "remote.ask":
      return { remote: { jti: record.jti, n: record.n } };
    case "alarm.remote":
      return { remote: undefined };
    case "stamp.end":
      return { open: null, tokens: changeToken(memory, record.jti, endStroke(memory, record)) };
    case "pic.add": {
      const pictures = (memory.tokens[record.jti]?.pictures ?? 0) + countVisible(record.pic);
      return { tokens: changeToken(memory, record.jti, { pictures }) };
    }
    case "pic.lost":
      return { pictures: memory.pictures.filter((each) => each !== record.h) };
    case "cfg.apply":
      if (record.what === "floor") return { floor: Math.max(memory.floor, record.ver) };
      return record.what === "twin" ? { twin: record.ver } : { trust: record.ver };
    case "fw.begin":
      return { target: { ver: record.ver, h: record.h, rb: record.rb } };
    case "fw.end":
      return {
        target: null,
        rollbackIndex:
          record.res === "ok" ? Math.max(memory.rollbackIndex, memory.target?.rb ?? 0) : memory.rollbackIndex,
      };
    case "hb":
      return { hbAt: record.t };
    default:
      return effectOnBox(memory, record);
  }
}

/** What records say about the box itself: seals in it, people it knows, where it is, and whether it is locked. */
function effectOnBox(memory: Memory, record: JournalRecord): Partial<Memory> {
  switch (record.ty) {
    case "seal.mount": {
      const { seal, tag, face } = record;
      return { slots: { ...memory.slots, [record.slot]: { seal, tag, face, locked: false } } };
    }
    case "seal.unmount":
      return { slots: without(memory.slots, String(record.slot)) };
    case "lock.set":
      return { lock: record.why };
    case "lock.clear":
      return record.was === "lock" ? { lock: null } : { tamper: null, slots: unlockSlots(memory) };
    case "custody.take": {
      const { to, until, fence } = record;
      return { custody: { to, until, ...(fence === undefined ? {} : { fence }) } };
    }
    case "custody.return":
      return { custody: null };
    case "cred.add":
      return { creds: { ...memory.creds, [record.cred]: { u: record.u, duress: record.d === 1 } } };
    case "cred.del":
      return { creds: without(memory.creds, record.cred) };
    case "alarm.tag": {
      const slot = memory.slots[String(record.slot)];
      return slot === undefined ? {} : { slots: { ...memory.slots, [String(record.slot)]: { ...slot, locked: true } } };
    }
    case "alarm.space":
      return { space: record.level ?? 0 };
    case "alarm.lowbat":
      return { battery: record.level ?? 100 };
    // Shaken for longer than ten seconds (clause 3.12).
    case "alarm.vibration":
      return record.level === 1 ? { tamper: memory.tamper ?? record.ty } : {};
    // The first cause stays to be looked into, whatever follows from it.
    default:
      return latching.has(record.ty) ? { tamper: memory.tamper ?? record.ty } : {};
  }
}

function startEpoch(memory: Memory, record: JournalRecord & { readonly ty: "genesis" }): Partial<Memory> {
  const { was } = record;
  return {
    acked: 0,
    oldest: 1,
    tokens: {},
    revoked: {},
    open: null,
    epochs: was === undefined ? memory.epochs : [...memory.epochs, { ep: was.ep, seq: was.seq, head: was.h }],
  };
}

function endStroke(memory: Memory, record: JournalRecord & { readonly ty: "stamp.end" }): Partial<TokenMemory> {
  const used = memory.tokens[record.jti]?.used ?? 1;
  if (record.out === "aborted") return { used: used - 1 };
  // Each touch is an impression, whatever the drive was asked for.
  const more = Math.max(0, (record.sen?.hits ?? 1) - 1);
  return { used: used + more, pictures: countVisible(record.pic) };
}

function countVisible(pictures: readonly { readonly k: string; readonly dark?: boolean }[]): number {
  return pictures.filter(({ k, dark }) => k === "after" && dark !== true).length;
}

function changeToken(memory: Memory, jti: string, change: Partial<TokenMemory>): Memory["tokens"] {
  const token = memory.tokens[jti];
  return token === undefined ? memory.tokens : { ...memory.tokens, [jti]: { ...token, ...change } };
}

function unlockSlots(memory: Memory): Memory["slots"] {
  return Object.fromEntries(Object.entries(memory.slots).map(([slot, seal]) => [slot, { ...seal, locked: false }]));
}

function without<Value>(map: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(map).filter(([each]) => each !== key));
}

/** Serial numbers kept above a gap; more would let a hostile carrier fill the memory. */
const maxAbove = 200;

/** Marks a serial number as seen. */
export function seeSerial(memory: Memory, serial: number): Memory {
  let { upto } = memory.asn;
  const above = new Set(memory.asn.above);
  if (serial > upto) above.add(serial);
  while (above.delete(upto + 1)) upto += 1;
  return { ...memory, asn: { upto, above: [...above].sort((a, b) => a - b).slice(-maxAbove) } };
}

/** Forgets what can never count any more: thirty days after its end at the earliest (clause 3.5). */
export function forgetOld(memory: Memory, now: number): Memory {
  const limit = Math.floor(now / 1000) - 30 * 24 * 3600;
  const keep = <Value>(map: Readonly<Record<string, Value>>, end: (value: Value) => number): Record<string, Value> =>
    Object.fromEntries(Object.entries(map).filter(([, value]) => end(value) > limit));
  return {
    ...memory,
    tokens: keep(memory.tokens, ({ exp }) => exp),
    revoked: keep(memory.revoked, (until) => until),
    orders: keep(memory.orders, (until) => until),
  };
}
