import type { JournalRecord } from "../claims/record.ts";
import { alarmTexts } from "../texts/alarms.ts";
import type { FindingCode } from "../texts/findings.ts";
import type { ChainState, Finding } from "./chain.ts";

/** What the platform knows of an authorisation it issued for this device. Times in seconds since 1970. */
export interface AuthorisationFacts {
  readonly max: number;
  readonly nbf: number;
  readonly exp: number;
  /** Strokes that count as used and are stored: done, and unknown ones that nobody has declared void. */
  readonly used: number;
}

/** Strokes of the records judged together, by authorisation, that are not stored yet. */
export type Tally = Map<string, number>;

interface ContentContext {
  readonly receivedAt: number;
  readonly live: boolean;
  readonly authorisation: (jti: string) => AuthorisationFacts | undefined;
}

/** Largest difference of clocks that is not told, in milliseconds (clause 3.6). */
const maxSkew = 120_000;

/**
 * Judges what a record that fits its chain says. It happened, so it is accepted whatever is found; what is found is told
 * and may put the device into quarantine.
 */
export function judgeContent(
  chain: ChainState,
  record: JournalRecord,
  context: ContentContext,
  tally: Tally,
): { readonly chain: ChainState; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const tell = (code: FindingCode, detail: string): void => {
    const jti = "jti" in record ? record.jti : undefined;
    findings.push({ code, seq: record.seq, detail, ...(jti === undefined ? {} : { jti }) });
  };
  judgeCounters(chain, record, tell);
  judgeAuthorisation(record, context, tally, tell);
  const open = followStroke(chain, record, tell);
  const skewed = context.live && Math.abs(record.t - context.receivedAt) > maxSkew && chain.skewBoot !== record.boot;
  if (skewed) tell("CLOCK_SKEW", `The clock differs by ${Math.round((record.t - context.receivedAt) / 1000)} s.`);
  tellEvents(record, tell);
  const skewBoot = skewed ? record.boot : chain.skewBoot;
  return { chain: { ...chain, imp: record.imp, boot: record.boot, open, skewBoot }, findings };
}

type Tell = (code: FindingCode, detail: string) => void;

/** The drive's counters may rise by a recorded stroke and by nothing else (clause 3.6). */
function judgeCounters(chain: ChainState, record: JournalRecord, tell: Tell): void {
  const slots = Math.max(chain.imp.length, record.imp.length);
  for (let slot = 0; slot < slots; slot += 1) {
    const old = chain.imp[slot] ?? 0;
    const now = record.imp[slot] ?? 0;
    const [least, most] = allowedRise(chain, record, slot);
    if (now < old + least) tell("COUNTER_ROLLBACK", `Slot ${slot} counts ${now} after ${old}.`);
    if (now > old + most) tell("UNRECORDED_STAMP", `Slot ${slot} counts ${now} after ${old}.`);
  }
}

function allowedRise(chain: ChainState, record: JournalRecord, slot: number): readonly [number, number] {
  if (record.ty === "boot" && chain.open?.slot === slot && !chain.open.cut) return [0, 1];
  if (record.ty !== "stamp.end" || record.slot !== slot) return [0, 0];
  if (record.out === "done") return [1, 1];
  // After a power cut the record of the start has shown already what the drive counted.
  return record.out === "unknown" && chain.open?.cut !== true ? [0, 1] : [0, 0];
}

function judgeAuthorisation(record: JournalRecord, context: ContentContext, tally: Tally, tell: Tell): void {
  if (record.ty === "auth.accept") {
    if (context.authorisation(record.jti) === undefined) {
      tell("UNKNOWN_TOKEN", `${record.jti} was accepted and never issued.`);
    }
    return;
  }
  if (record.ty !== "stamp.begin" && record.ty !== "stamp.end") return;
  const facts = context.authorisation(record.jti);
  if (facts === undefined) {
    // Told at the beginning; an end without one is told as a pair that does not fit.
    if (record.ty === "stamp.begin") tell("STAMP_WITHOUT_AUTHORISATION", `${record.jti} was never issued.`);
    return;
  }
  if (record.ty === "stamp.begin") {
    if (record.t > facts.exp * 1000 || record.t < (facts.nbf - 60) * 1000) {
      tell("AFTER_EXPIRY", `${record.jti} counts from ${facts.nbf} to ${facts.exp}, not at ${record.t}.`);
    }
    return;
  }
  if (record.out === "aborted") return;
  const used = (tally.get(record.jti) ?? 0) + 1;
  tally.set(record.jti, used);
  if (facts.used + used > facts.max) tell("OVER_COUNT", `${facts.used + used} of ${facts.max} impressions.`);
}

/** Every stroke has one beginning and one end, and a start of the device in between is known (clause 4.1). */
function followStroke(chain: ChainState, record: JournalRecord, tell: Tell): ChainState["open"] {
  const { open } = chain;
  if (record.ty === "boot") return open === null ? null : { ...open, cut: true };
  if (record.ty === "stamp.begin") {
    if (open !== null) tell("STROKE_PAIR", `Stroke ${open.n} of ${open.jti} has no end.`);
    return { jti: record.jti, n: record.n, slot: record.slot, cut: false };
  }
  if (record.ty === "stamp.end") {
    if (open === null || open.jti !== record.jti || open.n !== record.n || open.slot !== record.slot) {
      tell("STROKE_PAIR", `Stroke ${record.n} of ${record.jti} has no beginning.`);
    }
    return null;
  }
  return open;
}

/** What the device itself reports and somebody has to hear of. Its alarms are told by their own names. */
function tellEvents(record: JournalRecord, tell: Tell): void {
  if (record.ty === "auth.reject") tell("TOKEN_REJECTED", record.reason);
  if (record.ty === "stamp.refuse") tell("PRESS_REFUSED", record.reason);
  if (record.ty === "stamp.end" && record.out === "unknown") {
    tell("OUTCOME_UNKNOWN", `Stroke ${record.n} of ${record.jti} may or may not have left an impression.`);
  }
  if ("pic" in record && record.pic?.some(({ dark }) => dark === true)) tell("PIC_DARK", "The camera saw nothing.");
}

/** The alarm that a record is, if it is one: `alarmTexts` has whom to tell. A duress finger is one, too. */
export function alarmOf(record: JournalRecord): keyof typeof alarmTexts | undefined {
  if (record.ty === "op.verify") return record.d === 1 ? "alarm.duress" : undefined;
  return Object.keys(alarmTexts).find((code): code is keyof typeof alarmTexts => code === record.ty);
}
