import {
  type AlarmCode,
  type Algorithm,
  type Answer,
  alarmOf,
  type Controller,
  checkPicture,
  chooseAlgorithm,
  digest,
  type FindingCode,
  generateKey,
  journalRecord,
  peekJws,
  type ReasonCode,
  readClaims,
  type UpMessage,
  webCrypto,
} from "@chancery/seallink";
import { PowerCut, SimulatedBox } from "@chancery/seallink/simulator";
import type { CheatName, CheatResult, JournalEntry, LabEvent } from "./lab-log.ts";
import { LabPlatform, type LabRequest, must } from "./lab-platform.ts";
import type { Impression, LabPaper, LabSnapshot } from "./lab-state.ts";
import { type PaperNumber, type PersonName, type PlaceName, people, places, seal } from "./people.ts";

export interface LabOptions {
  /** Milliseconds since 1970 at which the lab begins; from then on its own clock counts. */
  readonly now: number;
  readonly random: (size: number) => Uint8Array;
  /** What the camera sees of a paper, undefined where nothing lies there. */
  readonly photograph: (paper: LabPaper | undefined) => Uint8Array | Promise<Uint8Array>;
  /** Lets the eye follow the seal; nothing where motion is not wanted. */
  readonly pause?: (ms: number) => Promise<void>;
}

type EventBody<Event> = Event extends LabEvent ? Omit<Event, "id" | "at"> : never;

/** Milliseconds that the seal is shown on its way. */
const strokePause = 320;

/** A box and its own little platform in memory, and everything that may be done to them. Nothing here knows a page. */
export class Lab {
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
  readonly #options: LabOptions;
  readonly #listeners = new Set<() => void>();
  readonly #tokens = new Map<string, string>();
  readonly #entries = new Map<string, JournalEntry>();
  #events: readonly LabEvent[] = [];
  /** Records that were on their way before: what comes again says nothing of the clock. */
  readonly #offered = new Set<string>();
  #undelivered: string[] = [];
  #paper: LabPaper | undefined;
  #picture: LabSnapshot["picture"];
  #pairing: LabSnapshot["pairing"];
  #place: PlaceName = "dock";
  #cutInStroke = false;
  #mounting = false;
  #drive: LabSnapshot["drive"] = "up";
  #busy = false;
  #taken = 0;
  #token: string | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #snapshot: LabSnapshot;

  constructor(box: SimulatedBox, platform: LabPlatform, alg: Algorithm, options: LabOptions) {
    this.box = box;
    this.alg = alg;
    this.platform = platform;
    this.#options = options;
    box.fix = places.dock;
    box.randomSource = options.random;
    box.onSend = (message) => this.#hear(message);
    box.onStroke = () => this.#lower();
    box.onTouch = () => this.#touchPaper();
    box.photograph = () => this.#photograph();
    this.#snapshot = this.#look();
  }

  /** A new box, unpaired and empty, and its platform, each with keys made now that cannot leave this page. */
  static async create(options: LabOptions): Promise<Lab> {
    const alg = await chooseAlgorithm();
    const key = await generateKey("lab-device-1", alg);
    const box = new SimulatedBox({ signer: key.signer, rtc: options.now });
    const lab = new Lab(box, await LabPlatform.create(alg, key.publicKey, options.now), alg, options);
    lab.controller = await box.start();
    lab.say({ kind: "act", act: "start" });
    lab.#publish();
    return lab;
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
      this.#publish();
      try {
        return await this.powered(work);
      } finally {
        this.#busy = false;
        this.#publish();
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Lets time pass beside what people do: what is shown of their last act stays. */
  letPass(ms: number): Promise<void> {
    const turn = this.#last.then(async () => {
      await this.powered(() => this.pass(ms));
      this.#publish();
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
      this.#drive = "up";
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

  // What people do to the platform.

  async pair(): Promise<void> {
    const code = [...this.#options.random(10)].map((byte) => "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[byte % 32]).join("");
    this.#pairing = { code, digits: await this.platform.compareCode(code) };
    this.say({ kind: "act", act: "pair", what: code });
  }

  /** A second person saw the same digits on both screens. */
  async confirmPairing(): Promise<void> {
    const controller = this.requirePower();
    if (controller === undefined) return;
    this.say({ kind: "act", act: "confirm", person: "administrator" });
    this.#pairing = undefined;
    if (this.heard(await controller.enrol(await this.platform.enrol(this.box.counters)))) await controller.connected();
  }

  async orderMount(): Promise<void> {
    this.#mounting = true;
    await this.#order({ kind: "mount", seal });
  }

  async #order(what: Parameters<LabPlatform["signOrder"]>[0]): Promise<string> {
    const text = await this.platform.signOrder(what);
    this.say({ kind: "act", act: "order", what: what.kind });
    await this.receive(text);
    return text;
  }

  apply(paper: PaperNumber, trick = false): LabRequest {
    const request = this.platform.apply(paper, trick);
    this.say({ kind: "act", act: "apply" });
    return request;
  }

  /** The request is approved: its authorisation is signed and sent, or waits until the box is reached. */
  async approve(id: string, change: Parameters<LabPlatform["approve"]>[1] = {}): Promise<string> {
    const { jti, text } = await this.platform.approve(id, change);
    this.#tokens.set(jti, text);
    this.#token = text;
    this.say({ kind: "act", act: "approve" });
    if (this.controller !== undefined && this.online) await this.receive(text);
    else {
      this.#undelivered.push(text);
      this.say({ kind: "act", act: "waits" });
    }
    return jti;
  }

  textOf(jti: string): string | undefined {
    return this.#tokens.get(jti);
  }

  register(id: string): void {
    this.platform.register(id);
    this.say({ kind: "act", act: "register" });
  }

  /** Two people look at the box on the spot: what is open is closed, locks end, and a chain that cannot go on begins anew. */
  async inspect(): Promise<void> {
    this.say({ kind: "act", act: "inspect" });
    if (this.box.doorOpen) await this.closeDoor();
    await this.settle();
    const { chain } = this.platform;
    if (chain.quarantined !== null || chain.closed) await this.#beginEpoch();
    if (this.controller?.view().tamper) await this.#orderOfTwo({ kind: "inspect" });
    if (this.controller?.view().lock) await this.#orderOfTwo({ kind: "unlock" });
  }

  async #beginEpoch(): Promise<void> {
    const next = this.platform.chain.ep + 1;
    // What the box has to say in the old epoch is heard before its books are closed.
    const text = await this.platform.signOrder({ kind: "reset-epoch", next, force: true });
    this.say({ kind: "act", act: "newEpoch", what: String(next) });
    await this.receive(text);
    this.heard((await this.controller?.present("fp:1")) ?? { ok: true, value: undefined });
    await this.settle();
    await this.platform.openEpoch(next, text, this.box.counters);
    this.heard((await this.controller?.present("fp:2")) ?? { ok: true, value: undefined });
    await this.settle();
  }

  async #orderOfTwo(what: Parameters<LabPlatform["signOrder"]>[0]): Promise<void> {
    await this.#order(what);
    await this.finger("custodian");
    await this.finger("administrator");
  }

  // What people do at the box.

  requirePower(): Controller | undefined {
    if (this.controller === undefined) this.say({ kind: "act", act: "noPower" });
    return this.controller;
  }

  async receive(text: string): Promise<Answer> {
    const controller = this.requirePower();
    if (controller === undefined || !this.online) {
      if (controller !== undefined) this.say({ kind: "act", act: "noNetwork" });
      return { ok: true, value: undefined };
    }
    const answer = await controller.receive(text);
    this.heard(answer);
    return answer;
  }

  async choose(jti: string): Promise<void> {
    this.say({ kind: "act", act: "choose" });
    const text = this.#tokens.get(jti);
    const answer = await this.requirePower()?.choose(jti);
    if (answer !== undefined && this.heard(answer) && text !== undefined) {
      this.#token = text;
      this.#layPaper(jti);
    }
  }

  /** The paper that an authorisation is for lies under the seal. */
  #layPaper(jti: string): void {
    const request = this.platform.requests.find((each) => each.jti === jti);
    if (request === undefined || this.#paper?.requestId === request.id) return;
    this.#paper = { requestId: request.id, paper: request.paper, impressions: [] };
  }

  async finger(person: PersonName): Promise<void> {
    this.say({ kind: "act", act: "finger", person });
    const answer = await this.requirePower()?.present(people[person].cred[0]);
    if (answer !== undefined) this.heard(answer);
  }

  /** Somebody presses, or keeps the button down; answers what came of it. */
  async press(held = false): Promise<string> {
    this.say({ kind: "act", act: held ? "hold" : "press" });
    const controller = this.requirePower();
    if (controller === undefined) return "off";
    const before = this.box.mechanics;
    if (held && before === "good") this.box.mechanics = "long";
    try {
      const answer = await controller.press();
      this.heard(answer);
      return answer.ok ? answer.value.out : answer.code;
    } finally {
      this.box.mechanics = before;
      this.#drive = "up";
    }
  }

  async openDoor(): Promise<void> {
    this.say({ kind: "act", act: "openDoor" });
    this.box.doorOpen = true;
    const answer = await this.controller?.sense({ kind: "door-open" });
    if (answer !== undefined) this.heard(answer);
  }

  /** The door is closed; where a seal was ordered in, it was put in first. */
  async closeDoor(): Promise<void> {
    this.say({ kind: "act", act: "closeDoor" });
    if (this.#mounting && this.controller?.view().state === "SERVICE") this.box.tags = [seal.tag];
    this.box.doorOpen = false;
    const answer = await this.controller?.sense({ kind: "door-closed" });
    if (answer !== undefined && this.heard(answer)) this.#mounting = false;
  }

  async shake(): Promise<void> {
    this.say({ kind: "act", act: "shake" });
    await this.controller?.sense({ kind: "vibration", ms: 4000 });
  }

  async carryTo(place: PlaceName): Promise<void> {
    if (place === this.#place) return;
    this.say({ kind: "act", act: place === "dock" ? "bringBack" : "carry" });
    this.#place = place;
    this.box.fix = places[place];
    this.box.docked = place === "dock";
    await this.controller?.sense({ kind: "move", ms: 4000 });
  }

  async setOnline(online: boolean): Promise<void> {
    this.online = online;
    this.say({ kind: "act", act: online ? "plug" : "unplug" });
    if (online) await this.controller?.connected();
  }

  async setPower(on: boolean): Promise<void> {
    this.say({ kind: "act", act: on ? "powerOn" : "powerOff" });
    this.box.cutAfter = Number.POSITIVE_INFINITY;
    this.controller = undefined;
    if (!on) return;
    this.controller = await this.box.start();
    if (this.online) await this.controller.connected();
  }

  jam(jammed: boolean): void {
    this.box.mechanics = jammed ? "jam" : "good";
    if (jammed) this.say({ kind: "act", act: "jam" });
  }

  cutInStroke(cut: boolean): void {
    this.#cutInStroke = cut;
    if (cut) this.say({ kind: "act", act: "cutInStroke" });
  }

  async drain(): Promise<void> {
    this.box.battery = this.box.battery > 20 ? 9 : 80;
    this.say({ kind: "act", act: "battery", what: String(this.box.battery) });
    await this.controller?.tick();
  }

  /** Time passes for box and platform alike. */
  async pass(ms: number): Promise<void> {
    this.box.wait(ms);
    this.platform.now += ms;
    await this.controller?.tick();
    const before = this.platform.books.told.length;
    this.platform.books.lookForGap(this.platform.now);
    if (this.platform.books.told.length > before) this.#tellFound("GAP");
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
    } else if (message.m === "time") {
      await this.controller?.receive(await this.platform.answerTime(message.p));
    } else if (message.m === "tokens") {
      const texts = this.#undelivered;
      this.#undelivered = [];
      for (const text of texts) await this.controller?.receive(text);
    }
  }

  async #deliver(text: string, live: boolean): Promise<void> {
    const { verdict, accepted, findings } = await this.platform.books.take(text, this.platform.now, live);
    if (verdict === "pending" || verdict === "refuse") this.#judge(text, verdict);
    for (const one of accepted) {
      this.#judge(one.text, "accept");
      const alarm = alarmOf(one.record);
      if (alarm !== undefined) this.#tellFound(alarm);
      if ("pic" in one.record) for (const { h } of one.record.pic ?? []) await this.#upload(h);
    }
    for (const { code } of findings) this.#tellFound(code);
  }

  #tellFound(code: FindingCode | AlarmCode): void {
    this.found.push(code);
    this.say({ kind: "found", code });
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
    this.#publish();
  }

  // What moves.

  async #lower(): Promise<void> {
    if (this.#cutInStroke) {
      this.#cutInStroke = false;
      this.box.cutAfter = 2;
    }
    if (this.box.mechanics === "jam") return;
    this.#drive = "down";
    this.#publish();
    await this.#options.pause?.(strokePause);
  }

  async #touchPaper(): Promise<void> {
    this.stampPaper();
    this.#publish();
    await this.#options.pause?.(strokePause);
  }

  /** The seal leaves its mark on whatever lies there. */
  stampPaper(): void {
    if (this.#paper === undefined) return;
    const at = this.#paper.impressions.length;
    const impression: Impression = {
      x: 0.3 + (at % 3) * 0.2,
      y: 0.74 - Math.floor(at / 3) * 0.2,
      turn: (at % 3) * 4 - 3,
    };
    this.#paper = { ...this.#paper, impressions: [...this.#paper.impressions, impression] };
  }

  async #photograph(): Promise<Uint8Array> {
    const bytes = await this.#options.photograph(this.#paper);
    this.#picture = { hash: await digest(webCrypto, bytes), bytes };
    return bytes;
  }

  // What is shown.

  #publish(): void {
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
      place: this.#place,
      jammed: box.mechanics === "jam",
      cutInStroke: this.#cutInStroke,
      siren: this.controller?.view().tamper != null,
      drive: this.#drive,
      counter: box.counters[0] ?? 0,
      view: this.controller?.view(),
      refusal: this.refusal,
      pairing: this.#pairing,
      requests: platform.requests,
      waitingTokens: this.#undelivered.length,
      entries: [...this.#entries.values()],
      events: this.#events,
      chain: { last, pending: pending.length, quarantined },
      paper: this.#paper,
      picture: this.#picture,
      counts: request && { ...platform.count(request.id), request },
      cheats: new Map(this.cheats),
      token: this.#token,
    };
  }
}
