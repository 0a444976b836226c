import { makeReady, tryCheat } from "./cheats.ts";
import type { Lab } from "./lab.ts";
import type { LabSnapshot } from "./lab-state.ts";

export const tourSteps = ["pair", "mount", "apply", "approve", "stamp", "look", "cheat"] as const;
export type TourStep = (typeof tourSteps)[number];

/** The next thing to do in the tour: the keys of `moves` in the lab's texts. */
export const moveNames = [
  "pair",
  "confirm",
  "order",
  "firstFinger",
  "secondFinger",
  "openDoor",
  "closeDoor",
  "apply",
  "approve",
  "choose",
  "operator",
  "supervisor",
  "press",
  "register",
  "replay",
  "repair",
] as const;
export type MoveName = (typeof moveNames)[number];

/** Where the tour stands: steps that are done are read from the lab itself, so that a hand on the box counts as well. */
export interface TourState {
  readonly step: TourStep | "done";
  readonly move: MoveName | undefined;
}

export function findTour(lab: LabSnapshot): TourState {
  const { view } = lab;
  const step = stepOf(lab);
  const away = !lab.power || !lab.online || (lab.place !== "dock" && lab.place !== "desk");
  const stopped = lab.chain.quarantined !== null || view?.tamper || view?.lock;
  if (step !== "done" && (away || stopped)) return { step, move: "repair" };
  const move = {
    pair: () => (lab.pairing === undefined ? "pair" : "confirm"),
    mount: () => findMounting(lab),
    apply: () => "apply",
    approve: () => "approve",
    stamp: () => findStamping(lab),
    look: () => "register",
    cheat: () => "replay",
    done: () => undefined,
  } as const satisfies Record<TourState["step"], () => MoveName | undefined>;
  return { step, move: move[step]() };
}

function stepOf(lab: LabSnapshot): TourState["step"] {
  const { view, counts, requests } = lab;
  if (lab.cheats.size > 0 && counts !== undefined && counts.counts.registered > 0) return "done";
  const own = requests.filter(({ trick }) => !trick);
  if (counts !== undefined && counts.counts.stamped >= counts.counts.authorised)
    return counts.counts.registered >= counts.counts.stamped ? "cheat" : "look";
  if (view === undefined) return "stamp";
  if (view.state === "FACTORY") return "pair";
  if (Object.keys(view.slots).length === 0) return "mount";
  if (own.length === 0) return "apply";
  return own.some(({ state }) => state === "approved") ? "stamp" : "approve";
}

function findMounting({ view, doorOpen }: LabSnapshot): MoveName {
  if (doorOpen) return "closeDoor";
  if (view?.state === "SERVICE") return "openDoor";
  if (view?.order === undefined) return "order";
  return view.order.present.length === 0 ? "firstFinger" : "secondFinger";
}

function findStamping({ view, counts }: LabSnapshot): MoveName {
  if (view?.session?.jti !== counts?.request.jti) return "choose";
  if (view?.session?.op === undefined) return "operator";
  return view.state === "CLEARED" ? "press" : "supervisor";
}

/** Does the tour's next move. */
export async function makeMove(lab: Lab, move: MoveName): Promise<void> {
  const request = lab.platform.requests.findLast(({ trick }) => !trick);
  switch (move) {
    case "pair":
      return lab.pair();
    case "confirm":
      return lab.confirmPairing();
    case "order":
      return lab.orderMount();
    case "firstFinger":
      return lab.finger("custodian");
    case "secondFinger":
      return lab.finger("administrator");
    case "openDoor":
      return lab.openDoor();
    case "closeDoor":
      return lab.closeDoor();
    case "apply":
      return void lab.apply(0);
    case "approve":
      return void (request && (await lab.approve(request.id)));
    case "choose":
      return lab.choose(request?.jti ?? "");
    case "operator":
      return lab.finger("operator");
    case "supervisor":
      return lab.finger("supervisor");
    case "press":
      return void (await lab.press());
    case "register":
      return void (request && lab.register(request.id));
    case "replay":
      return void (await tryCheat(lab, "replay"));
    case "repair":
      return makeReady(lab);
  }
}
