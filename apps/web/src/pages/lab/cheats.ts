import { generateKey, type ReasonCode, signJws } from "@chancery/seallink";
import type { Lab } from "./lab.ts";
import type { CheatName, CheatResult } from "./lab-log.ts";
import type { PersonName } from "./people.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** A box that is there, paired, with its seal in it and nothing wrong with it: what every trick begins with. */
export async function makeReady(lab: Lab): Promise<void> {
  lab.jam(false);
  lab.cutInStroke(false);
  if (lab.controller === undefined) await lab.setPower(true);
  if (!lab.online) await lab.setOnline(true);
  if (lab.box.battery < 50) await lab.drain();
  await lab.carryTo("dock");
  if (lab.controller?.view().state === "FACTORY") {
    await lab.pair();
    await lab.confirmPairing();
  }
  await lab.settle();
  const view = lab.controller?.view();
  if (lab.box.doorOpen || view?.tamper || view?.lock || lab.platform.chain.quarantined !== null) await lab.inspect();
  await lab.settle();
  if (Object.keys(lab.controller?.view().slots ?? {}).length === 0) await mount(lab);
  await lab.settle();
  await lab.controller?.leave();
}

async function mount(lab: Lab): Promise<void> {
  await lab.orderMount();
  await lab.finger("custodian");
  await lab.finger("administrator");
  await lab.openDoor();
  await lab.closeDoor();
}

/** Has an authorisation approved for one impression. */
async function authorise(lab: Lab, change: Parameters<Lab["approve"]>[1] = {}): Promise<string> {
  const request = lab.apply(1, { trick: true });
  return lab.approve(request.id, { use: { max: 1, mode: "single", sess: 300 }, ...change });
}

async function stamp(lab: Lab, jti: string, by: readonly PersonName[] = ["operator", "supervisor"]): Promise<string> {
  await lab.choose(jti);
  for (const person of by) await lab.finger(person);
  return lab.press();
}

const refusalOf = async (lab: Lab, text: string): Promise<ReasonCode | undefined> => {
  const answer = await lab.receive(text);
  return answer.ok ? undefined : answer.code;
};

const tricks: Readonly<Record<CheatName, (lab: Lab) => Promise<ReasonCode | undefined>>> = {
  async replay(lab) {
    const jti = await authorise(lab);
    await stamp(lab, jti);
    return refusalOf(lab, lab.textOf(jti) ?? "");
  },
  async otherBox(lab) {
    const request = lab.apply(1, { trick: true });
    const { text } = await lab.platform.approve(request.id, { aud: "dev_lab_2" });
    return refusalOf(lab, text);
  },
  async pressAgain(lab) {
    await stamp(lab, await authorise(lab));
    await lab.press();
    return lab.refusal;
  },
  async samePerson(lab) {
    const jti = await authorise(lab);
    await lab.choose(jti);
    await lab.finger("operator");
    await lab.finger("operator");
    return lab.refusal;
  },
  async emergencyAlone(lab) {
    const use = { max: 1, mode: "emergency", sess: 300 } as const;
    const jti = await authorise(lab, { use, doc: [], pic: { before: 1, after: 1, block: true } });
    await stamp(lab, jti, ["operator"]);
    return lab.refusal;
  },
  async forge(lab) {
    // A key of one's own under the authority's name.
    const { signer } = await generateKey("lab-auz-1", lab.alg);
    const claims = await lab.platform.composeClaims(lab.apply(1, { trick: true }));
    return refusalOf(lab, await signJws("seal-auz+jwt", claims, signer));
  },
  async changeRecord(lab) {
    const jti = await authorise(lab);
    await lab.settle();
    let changed = false;
    lab.wire = (texts) =>
      texts.map((text) => {
        if (changed) return text;
        changed = true;
        const at = text.lastIndexOf(".") + 10;
        return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
      });
    await stamp(lab, jti);
    await lab.settle();
    return undefined;
  },
  async dropRecord(lab) {
    const jti = await authorise(lab);
    await lab.settle();
    let dropped: string | undefined;
    lab.wire = (texts) =>
      texts.filter((text) => {
        dropped ??= text;
        return text !== dropped;
      });
    await stamp(lab, jti);
    await lab.settle();
    await lab.pass(11 * minute);
    await lab.settle();
    // The thief gives up, and the box sends what the platform still lacks.
    lab.wire = (texts) => texts;
    await lab.controller?.connected();
    await lab.settle();
    return undefined;
  },
  async clockBack(lab) {
    const request = lab.apply(1, { trick: true });
    const now = lab.platform.seconds;
    const { text } = await lab.platform.approve(request.id, { exp: now + 600 });
    await lab.pass(11 * minute);
    await lab.settle();
    lab.box.rtc = lab.platform.now - day;
    const code = await refusalOf(lab, text);
    lab.box.rtc = lab.platform.now;
    return code;
  },
  async restoreFlash(lab) {
    const jti = await authorise(lab);
    await lab.settle();
    const yesterday = new Map(lab.box.flash);
    await stamp(lab, jti);
    await lab.settle();
    await lab.setPower(false);
    lab.box.flash = yesterday;
    await lab.setPower(true);
    await lab.choose(jti);
    await lab.press();
    return lab.refusal;
  },
  async bypass(lab) {
    lab.box.touch();
    lab.stampPaper();
    // Its next record, of whatever it is, shows the counter.
    const jti = await authorise(lab);
    await lab.choose(jti);
    return lab.refusal;
  },
};

/** Tries a trick on a box in order, and answers what box and platform said of it. */
export async function tryCheat(lab: Lab, name: CheatName): Promise<CheatResult> {
  await makeReady(lab);
  await lab.settle();
  lab.say({ kind: "act", act: "trick", what: name });
  const before = lab.found.length;
  let box: ReasonCode | undefined;
  try {
    box = await tricks[name](lab);
    await lab.settle();
  } finally {
    lab.wire = (texts) => texts;
  }
  await lab.controller?.leave();
  const result: CheatResult = { box, platform: [...new Set(lab.found.slice(before))] };
  lab.cheats.set(name, result);
  lab.refusal = box;
  return result;
}
