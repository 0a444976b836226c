import type { SealCommand, SealState } from "./seal-life.ts";

/** One change of a body's state, as the ledger tells it; in the order in which they happened. */
export interface BodyChange {
  readonly bodyId: string;
  readonly command: SealCommand;
  readonly from: SealState;
  readonly to: SealState;
  readonly actorId: string | null;
  /** Who asked for the matter that it came from. */
  readonly askedBy: string | null;
  /** Whether a freeze came from the loss of a piece of the same seal. */
  readonly byLoss: boolean;
}

/** Why a body rests frozen, and so who may end that and how. */
export interface Freeze {
  /** Whether a piece of the seal is lost today. */
  readonly lossOpen: boolean;
  /** Whether the body was kept for use before; one that never was, or was stopped, goes in use by its own matter alone. */
  readonly wasInUse: boolean;
  /** Whether a loss alone froze it, so that the matter that ends the loss also ends this. */
  readonly endsWithLoss: boolean;
  /** Who froze it, reported the loss, asked for its end or carried that out: none of them unfreezes it. */
  readonly people: readonly string[];
}

const frozenOrLost: readonly SealState[] = ["frozen", "lost"];
const kept: readonly SealState[] = ["in-use", "in-handover", "taken-out"];
/** Commands whose people have had their say on this freeze. */
const spoke: readonly SealCommand[] = ["freeze", "report-loss", "find", "declare-void"];
/** Commands that are matters, where who asked has had his say as well. */
const asked: readonly SealCommand[] = ["find", "declare-void"];

/** Reads from what happened to the bodies of one seal why this one is frozen (C10, C11). */
export function readFreeze(history: readonly BodyChange[], bodyId: string): Freeze {
  const lossOpen = [...Map.groupBy(history, (one) => one.bodyId).values()].some((own) => own.at(-1)?.to === "lost");
  const own = history.flatMap((change, at) => (change.bodyId === bodyId ? [{ change, at }] : []));
  const calm = own.findLastIndex(({ change }) => !frozenOrLost.includes(change.from));
  const chain = own.slice(Math.max(calm, 0));
  const first = chain[0];
  if (first === undefined || !frozenOrLost.includes(first.change.to))
    return { lossOpen, wasInUse: true, endsWithLoss: false, people: [] };
  const since = history.slice(first.at).filter((one) => spoke.includes(one.command));
  const people = since.flatMap((one) => [one.actorId, asked.includes(one.command) ? one.askedBy : null]);
  const before = first.change.from;
  return {
    lossOpen,
    wasInUse: kept.includes(before),
    // In a handover it stays frozen: what the three have not confirmed is not used meanwhile.
    endsWithLoss:
      kept.includes(before) &&
      before !== "in-handover" &&
      chain.every(({ change }) => change.command !== "freeze" || change.byLoss),
    people: [...new Set(people.filter((one) => one !== null))],
  };
}
