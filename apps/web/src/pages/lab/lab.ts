import { type Answer, type Controller, chooseAlgorithm, generateKey } from "@chancery/seallink";
import { SimulatedBox } from "@chancery/seallink/simulator";
import { LabCore, type LabOptions } from "./lab-core.ts";
import { LabPlatform, type LabRequest } from "./lab-platform.ts";
import { type PaperNumber, type PersonName, type PlaceName, people, places, seal } from "./people.ts";

/** The lab with everything that people may do to its box and its platform. Nothing here knows a page. */
export class Lab extends LabCore {
  #mounting = false;

  /** A new box, unpaired and empty, and its platform, each with keys made now that cannot leave this page. */
  static async create(options: LabOptions): Promise<Lab> {
    const alg = await chooseAlgorithm();
    const key = await generateKey("lab-device-1", alg);
    const box = new SimulatedBox({ signer: key.signer, rtc: options.now });
    const lab = new Lab(box, await LabPlatform.create(alg, key.publicKey, options.now, options.titles), alg, options);
    lab.controller = await box.start();
    lab.say({ kind: "act", act: "start" });
    lab.publish();
    return lab;
  }

  // What people do to the platform.

  async pair(): Promise<void> {
    const code = [...this.options.random(10)].map((byte) => "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[byte % 32]).join("");
    this.pairing = { code, digits: await this.platform.compareCode(code) };
    this.say({ kind: "act", act: "pair", what: code });
  }

  /** A second person saw the same digits on both screens. */
  async confirmPairing(): Promise<void> {
    const controller = this.requirePower();
    if (controller === undefined) return;
    this.say({ kind: "act", act: "confirm", person: "administrator" });
    this.pairing = undefined;
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

  apply(paper: PaperNumber, how: Parameters<LabPlatform["apply"]>[1] = {}): LabRequest {
    const request = this.platform.apply(paper, how);
    this.say({ kind: "act", act: "apply" });
    return request;
  }

  /** The request is approved: its authorisation is signed and sent, or waits until the box is reached. */
  async approve(id: string, change: Parameters<LabPlatform["approve"]>[1] = {}): Promise<string> {
    const { jti, text } = await this.platform.approve(id, change);
    this.tokens.set(jti, text);
    this.token = text;
    this.say({ kind: "act", act: "approve" });
    if (this.controller !== undefined && this.online) await this.receive(text);
    else {
      this.undelivered.push(text);
      this.say({ kind: "act", act: "waits" });
    }
    return jti;
  }

  textOf(jti: string): string | undefined {
    return this.tokens.get(jti);
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
    const text = this.tokens.get(jti);
    const answer = await this.requirePower()?.choose(jti);
    if (answer !== undefined && this.heard(answer) && text !== undefined) {
      this.token = text;
      this.#layPaper(jti);
    }
  }

  /** The paper that an authorisation is for lies under the seal. */
  #layPaper(jti: string): void {
    const request = this.platform.requests.find((each) => each.jti === jti);
    if (request === undefined || this.paper?.requestId === request.id) return;
    this.paper = { requestId: request.id, paper: request.paper, title: request.title, impressions: [] };
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
      this.drive = "up";
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
    if (place === this.place) return;
    const near = [place, this.place].every((one) => one === "dock" || one === "desk");
    this.say({ kind: "act", act: place === "dock" ? "bringBack" : place === "desk" ? "lift" : "carry" });
    this.place = place;
    this.box.fix = places[place];
    this.box.docked = place === "dock";
    // Lifted off its dock and put down beside it: too short for who watches over moves.
    await this.controller?.sense({ kind: "move", ms: near ? 800 : 4000 });
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
    this.cutNext = cut;
    if (cut) this.say({ kind: "act", act: "cutInStroke" });
  }

  async drain(): Promise<void> {
    this.box.battery = this.box.battery > 20 ? 9 : 80;
    this.say({ kind: "act", act: "battery", what: String(this.box.battery) });
    await this.controller?.tick();
  }
}
