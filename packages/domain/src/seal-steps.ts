import type { SealMatterKind } from "./matters-seal.ts";
import { hasWay, type SealBody, type SealCommand, type SealState } from "./seal-life.ts";

/** The command that a matter of one body's life carries out; matters that make a body, a key or a seal have none. */
export const commandsOfMatters = {
  "receive-piece": "make",
  "file-seal": "file",
  "keep-specimen": "keep-specimen",
  issue: "put-in-use",
  "find-seal": "find",
  "declare-void": "declare-void",
  surrender: "surrender",
  "seal-up": "seal-up",
  destroy: "destroy",
  "destroy-key": "cancel",
  "give-up-engraving": "cancel",
  stop: "stop",
  resume: "resume",
} as const satisfies Partial<Record<SealMatterKind, SealCommand>>;
export type BodyMatterKind = keyof typeof commandsOfMatters;

/** A key is destroyed and a piece given up: one command, two matters. */
const ofOneBody: Partial<Record<BodyMatterKind, SealBody>> = {
  "destroy-key": "electronic",
  "give-up-engraving": "physical",
};

/** Matters that may follow for a body, the one that leads on first: what comes next on the page of a seal. */
export function listNextMatters(body: SealBody, state: SealState): BodyMatterKind[] {
  return (Object.keys(commandsOfMatters) as BodyMatterKind[]).filter(
    (kind) => (ofOneBody[kind] ?? body) === body && hasWay(body, state, commandsOfMatters[kind]),
  );
}

/** Commands that are no matter: at once by one person, or a part of custody's own matters. */
export const directCommands: readonly SealCommand[] = ["freeze", "unfreeze", "report-loss"];

/** The states of a body's straight life, for the line of steps; where it left that line stands in between. */
const straight: Readonly<Record<SealBody, readonly SealState[]>> = {
  physical: [
    "approved-for-engraving",
    "made",
    "filed",
    "awaiting-issue",
    "in-use",
    "stopped",
    "surrendered",
    "sealed-up",
    "destroyed",
  ],
  electronic: ["made", "filed", "in-use", "stopped", "cancelled"],
};
/** Where a state stands that is not on the line: after which step of it. */
const aside: Partial<Record<SealState, SealState>> = {
  "in-handover": "in-use",
  "taken-out": "in-use",
  frozen: "in-use",
  lost: "in-use",
  void: "in-use",
};

/** The line of a body's life with today's state on it; a loss or a freeze stands where it happened. */
export function listLifeLine(body: SealBody, state: SealState): SealState[] {
  const line = straight[body];
  if (line.includes(state)) return [...line];
  if (state === "requested") return ["requested", ...line];
  if (state === "cancelled") return ["approved-for-engraving", "cancelled"];
  if (state === "void") return [...line.slice(0, line.indexOf("in-use") + 1), "lost", "void", "destroyed"];
  const at = line.indexOf(aside[state] ?? "in-use");
  return [...line.slice(0, at), state, ...line.slice(at + 1)];
}

/** The clocks of a loss, each ended with its paper: the report, the notice, the closing of the file. */
export const LOSS_TASKS = ["loss-police-report", "loss-notice", "loss-file"] as const;
