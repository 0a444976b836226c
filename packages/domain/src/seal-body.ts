import type { SealBody, SealState } from "./seal-life.ts";

/** One body of a seal: a numbered piece of rubber or metal, or a key with its certificate. */
export interface BodyOfSeal {
  readonly bodyId: string;
  readonly kind: SealBody;
  readonly state: SealState;
}

/**
 * From the most alive to the most ended: the seal as a whole is as alive as its most alive body. A loss comes before the
 * freeze it brings: it is what has to be told, and what ends the freeze.
 */
const liveliness: readonly SealState[] = [
  "in-use",
  "in-handover",
  "taken-out",
  "lost",
  "frozen",
  "awaiting-issue",
  "filed",
  "made",
  "approved-for-engraving",
  "requested",
  "stopped",
  "surrendered",
  "sealed-up",
  "void",
  "destroyed",
  "cancelled",
];

/** The state of a seal with these bodies; one without a body is still asked for. */
export function stateOfSeal(bodies: readonly Pick<BodyOfSeal, "state">[]): SealState {
  return liveliness.find((state) => bodies.some((body) => body.state === state)) ?? "requested";
}

/** `LX-02/1` is the first piece of the seal LX-02, `LX-02/E` its electronic body. */
export function formatBodyNumber(sealNumber: string, kind: SealBody, piece: number): string {
  return `${sealNumber}/${kind === "electronic" ? "E" : piece}`;
}
