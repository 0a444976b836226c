import {
  type AlarmCode,
  type Algorithm,
  type Answer,
  alarmOf,
  type Controller,
  checkPicture,
  digest,
  type FindingCode,
  journalRecord,
  peekJws,
  type ReasonCode,
  readClaims,
  type UpMessage,
  webCrypto,
} from "@chancery/seallink";
import { PowerCut, type SimulatedBox } from "@chancery/seallink/simulator";
import type { CheatName, CheatResult, JournalEntry, LabEvent } from "./lab-log.ts";
import { type LabPlatform, must } from "./lab-platform.ts";
import type { Impression, LabPaper, LabSnapshot } from "./lab-state.ts";
import { type PaperTitles, type PlaceName, places } from "./people.ts";

export interface LabOptions {
  /** Milliseconds since 1970 at which the lab begins; from then on its own clock counts. */
  readonly now: number;
  readonly random: (size: number) => Uint8Array;
  readonly titles: PaperTitles;
  /** What the camera takes: the paper, the seal's own face when it is put in, or the desk where nothing lies. */
  readonly photograph: (seen: LabPaper | "face" | undefined) => Uint8Array | Promise<Uint8Array>;
  /** Lets the eye follow the seal; nothing where motion is not wanted. */
  readonly pause?: (ms: number) => Promise<void>;
}

type EventBody<Event> = Event extends LabEvent ? Omit<Event, "id" | "at"> : never;

/** Milliseconds that the seal is shown on its way. */
const strokePause = 320;

/** A box and its own little platform in memory: what goes to and fro between them, what moves, and what is shown of it. */
export class LabCore {
  readonly box: SimulatedBox;
  readonly platform: LabPlatform;
  readonly alg: Algorithm;
  controller: Controller | undefined;
  online = true;
  refusal: ReasonCode | undefined;
  /** What happens to records between the box and the platform: a thief may change or drop some. */
  wire: (texts: readonly string[]) => readonly string[] = (texts) => texts;
  readonly cheats: Map<CheatName, CheatResult> = new Map();
  /** Everything that the platform found, in its order. */
  readonly found: (FindingCode | AlarmCode)[] = [];
  protected readonly options: LabOptions;
  readonly #listeners = new Set<() => void>();
  protected readonly tokens = new Map<string, string>();
  readonly #entries = new Map<string, JournalEntry>();
  #events: readonly LabEvent[] = [];
  /** Records that were on their way before: what comes again says nothing of the clock. */
  readonly #offered = new Set<string>();
  protected undelivered: string[] = [];
  protected paper: LabPaper | undefined;
  #picture: LabSnapshot["picture"];
  protected pairing: LabSnapshot["pairing"];
  protected place: PlaceName = "dock";
  protected cutNext = false;
  protected drive: LabSnapshot["drive"] = "up";
  #busy = false;
  #taken = 0;
  protected token: string | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #snapshot: LabSnapshot;

  constructor(box: SimulatedBox, platform: LabPlatform, alg: Algorithm, options: LabOptions) {
    this.box = box;
    this.alg = alg;
    this.platform = platform;
    this.options = options;
    box.fix = places.dock;
    box.randomSource = options.random;
    box.onSend = (message) => this.#hear(message);
    box.onStroke = () => this.#lower();
    box.onTouch = () => this.#touchPaper();
    box.photograph = (kind) => this.#photograph(kind === "face" ? kind : this.paper);
    this.#snapshot = this.#look();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): LabSnapshot => this.#snapshot;

  /** Does something, one after the other, lets messages go to and fro, and shows what came of it. */
  do<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    const turn = this.#last.then(async () => {
      this.#busy = true;
      this.refusal = undefined;
      this.publish();
      try {
        return await this.powered(work);
      } finally {
        this.#busy = false;
        this.publish();
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Lets time pass beside what people do: what is shown of their last act stays. */
  letPass(ms: number): Promise<void> {
    const turn = this.#last.then(async () => {
      await this.powered(() => this.pass(ms));
      this.publish();
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Runs something that a power cut may end, and delivers what was said meanwhile. */
  async powered<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      const value = await work();
      await this.settle();
      return value;
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      this.controller = undefined;
      this.drive = "up";
      this.say({ kind: "act", act: "powerOff" });
      return undefined;
    }
  }

  say(body: EventBody<LabEvent>): void {
    this.#events = [...this.#events, { ...body, id: this.#events.length, at: this.platform.now }];
  }

  /** Notes what the box answered. */
  heard(answer: Answer<unknown>): boolean {
    this.refusal = answer.ok ? undefined : answer.code;
    return answer.ok;
  }

  /** Time passes for box and platform alike. */
  async pass(ms: number): Promise<void> {
    this.box.wait(ms);
    this.platform.now += ms;
    await this.controller?.tick();
    const before = this.platform.books.told.length;
    this.platform.books.lookForGap(this.platform.now);
    if (this.platform.books.told.length > before) this.tellFound("GAP");
  }

  // What goes to and fro.

  /** Lets messages go to and fro until nobody has anything to say. */
  async settle(): Promise<void> {
    for (let round = 0; round < 10; round += 1) {
      const messages = this.box.sent.slice(this.#taken);
      this.#taken = this.box.sent.length;
      if (messages.length === 0) return;
      const { last } = this.platform.chain;
      for (const message of messages) await this.#take(message);
      const controller = this.controller;
      if (controller === undefined || !this.online) continue;
      // Where nothing came forward, asking again would bring the same.
      if (this.platform.chain.last > last || round === 0) await controller.receive(await this.platform.acknowledge());
    }
  }

  async #take(message: UpMessage): Promise<void> {
    if (message.kind === "records") {
      const again = new Set(message.texts.filter((text) => this.#offered.has(text)));
      for (const text of message.texts) this.#offered.add(text);
      for (const text of this.wire(message.texts)) await this.#deliver(text, !again.has(text));
    } else if (message.kind === "twin") {
      // Nobody asks a box of this page to be set otherwise.
      return;
    } else if (message.m === "time") {
      await this.controller?.receive(await this.platform.answerTime(message.p));
    } else if (message.m === "tokens") {
      const texts = this.undelivered;
      this.undelivered = [];
      for (const text of texts) await this.controller?.receive(text);
    }
  }

  async #deliver(text: string, live: boolean): Promise<void> {
    const { verdict, accepted, findings } = await this.platform.books.take(text, this.platform.now, live);
    if (verdict === "pending" || verdict === "refuse") this.#judge(text, verdict);
    for (const one of accepted) {
      this.#judge(one.text, "accept");
      const alarm = alarmOf(one.record);
      if (alarm !== undefined) this.tellFound(alarm);
      if ("pic" in one.record) for (const { h } of one.record.pic ?? []) await this.#upload(h);
    }
    for (const { code, detail } of findings) this.tellFound(code, detail);
  }

  protected tellFound(code: FindingCode | AlarmCode, detail = ""): void {
    this.found.push(code);
    this.say({ kind: "found", code, detail });
  }

  #judge(text: string, verdict: "accept" | "pending" | "refuse"): void {
    const entry = this.#entries.get(text);
    if (entry !== undefined) this.#entries.set(text, { ...entry, verdict });
  }

  async #upload(hash: string): Promise<void> {
    const bytes = this.box.pictures.get(hash);
    if (bytes !== undefined && (await checkPicture(hash, bytes)).ok) this.platform.pictures.set(hash, bytes);
  }

  /** Every record is seen when the box has written it; whether it gets through is another matter. */
  async #hear(message: UpMessage): Promise<void> {
    if (message.kind === "records") for (const text of message.texts) await this.#note(text);
    if (this.online) return;
    if (message.kind === "records") for (const text of message.texts) this.#offered.add(text);
    throw new Error("Nobody is there.");
  }

  async #note(text: string): Promise<void> {
    if (this.#entries.has(text)) return;
    const record = must(readClaims(journalRecord, must(peekJws(text)).payload));
    this.#entries.set(text, { text, record, hash: await digest(webCrypto, text) });
    this.say({ kind: "record", record });
    this.publish();
  }

  // What moves.

  async #lower(): Promise<void> {
    if (this.cutNext) {
      this.cutNext = false;
      this.box.cutAfter = 2;
    }
    if (this.box.mechanics === "jam") return;
    this.drive = "down";
    this.publish();
    await this.options.pause?.(strokePause);
  }

  async #touchPaper(): Promise<void> {
    this.stampPaper();
    this.publish();
    await this.options.pause?.(strokePause);
  }

  /** The seal leaves its mark on whatever lies there. */
  stampPaper(): void {
    if (this.paper === undefined) return;
    const at = this.paper.impressions.length;
    const impression: Impression = {
      x: 0.3 + (at % 3) * 0.2,
      y: 0.74 - Math.floor(at / 3) * 0.2,
      turn: (at % 3) * 4 - 3,
    };
    this.paper = { ...this.paper, impressions: [...this.paper.impressions, impression] };
  }

  async #photograph(seen: LabPaper | "face" | undefined): Promise<Uint8Array> {
    const bytes = await this.options.photograph(seen);
    this.#picture = { hash: await digest(webCrypto, bytes), bytes };
    return bytes;
  }

  // What is shown.

  protected publish(): void {
    this.#snapshot = this.#look();
    for (const listener of this.#listeners) listener();
  }

  #look(): LabSnapshot {
    const { box, platform } = this;
    const request = platform.requests.findLast(({ trick, state }) => !trick && state === "approved");
    const { last, pending, quarantined } = platform.chain;
    return {
      busy: this.#busy,
      now: platform.now,
      boardClock: box.rtc ?? platform.now,
      power: this.controller !== undefined,
      online: this.online,
      doorOpen: box.doorOpen,
      battery: box.battery,
      place: this.place,
      jammed: box.mechanics === "jam",
      cutInStroke: this.cutNext,
      siren: this.controller?.view().tamper != null,
      drive: this.drive,
      counter: box.counters[0] ?? 0,
      view: this.controller?.view(),
      refusal: this.refusal,
      pairing: this.pairing,
      requests: platform.requests,
      waitingTokens: this.undelivered.length,
      entries: [...this.#entries.values()],
      events: this.#events,
      chain: { last, pending: pending.length, quarantined },
      paper: this.paper,
      picture: this.#picture,
      counts: request && { ...platform.count(request.id), request },
      cheats: new Map(this.cheats),
      token: this.token,
    };
  }
}
