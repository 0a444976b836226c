import type { MatterData } from "../matters/matter-forms.ts";

/** Data of the kinds of custody as forms write them; what another version wrote is read as far as it fits. */
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

export const CONDITIONS = ["good", "worn", "damaged"] as const;
export type Condition = (typeof CONDITIONS)[number];
const condition = (value: unknown): Condition => CONDITIONS.find((one) => one === value) ?? "good";
export const CAUSES = ["post-change", "rotation", "leave", "departure", "end-of-term", "other"] as const;

export interface NamedBody {
  readonly bodyId: string;
  readonly condition: Condition;
}

export function readBodies(data: MatterData): NamedBody[] {
  const list: unknown[] = Array.isArray(data.bodies) ? data.bodies : [];
  return list.flatMap((one) => {
    const body = (one ?? {}) as Record<string, unknown>;
    return typeof body.bodyId === "string" ? [{ bodyId: body.bodyId, condition: condition(body.condition) }] : [];
  });
}

/** A seal goes whole: choosing it names all its bodies that the transferor answers for, leaving it out names none. */
export function toggleSeal(
  named: readonly NamedBody[],
  ofSeal: readonly string[],
  chosen: boolean,
  /** How each was found last: the inventory begins with that. */
  lastOf: (bodyId: string) => Condition | null = () => null,
): NamedBody[] {
  const others = named.filter((one) => !ofSeal.includes(one.bodyId));
  return chosen ? [...others, ...ofSeal.map((bodyId) => ({ bodyId, condition: lastOf(bodyId) ?? "good" }))] : others;
}

/** Seals that can be handed over: of what somebody answers for, those of which a body is in use or frozen. */
export function listSealsToHandOver(
  held: readonly { readonly state: string; readonly seal: { readonly sealId: string } }[],
): string[] {
  const kept = held.filter((body) => body.state === "in-use" || body.state === "frozen");
  return [...new Set(kept.map((body) => body.seal.sealId))];
}

/** The bodies of one seal among those that somebody answers for; none where no seal is meant. */
export function listBodiesOf(
  held: readonly { readonly bodyId: string; readonly seal: { readonly sealId: string } }[],
  sealId: string | null,
): string[] {
  return held.filter((body) => body.seal.sealId === sealId).map((body) => body.bodyId);
}

export type HandoverData = ReturnType<typeof readHandover>;

export function readHandover(data: MatterData) {
  return {
    transferorId: text(data.transferorId),
    receiverId: text(data.receiverId),
    witnessId: text(data.witnessId),
    cause: CAUSES.find((one) => one === data.cause) ?? "post-change",
    place: text(data.place),
    at: typeof data.at === "string" ? data.at : null,
    bodies: readBodies(data),
    lockIds: texts(data.lockIds),
    deviceRights: text(data.deviceRights),
    books: text(data.books),
    requestIds: texts(data.requestIds),
  };
}

export type HandoverGap = "people" | "seals" | "place" | "reason";
export const HANDOVER_STEPS = ["people", "inventory", "occasion"] as const;
export type HandoverStep = (typeof HANDOVER_STEPS)[number];

/** What a step of the wizard still lacks before the next one. */
export function listHandoverGaps(step: HandoverStep, data: HandoverData, reason: string): HandoverGap[] {
  const people = new Set([data.transferorId, data.receiverId, data.witnessId].filter((one) => one !== ""));
  if (step === "people") return people.size < 3 ? ["people"] : [];
  if (step === "inventory") return data.bodies.length === 0 ? ["seals"] : [];
  return [
    ...(data.place.trim() === "" ? (["place"] as const) : []),
    ...(reason.trim() === "" ? (["reason"] as const) : []),
  ];
}

export type ConfirmationGap = "count" | "matches";

/** What somebody who confirms a handover has not said yet: how many he counted, and the receiver whether they match. */
export function listConfirmationGaps(
  part: string,
  facts: Readonly<Record<string, unknown>>,
  pieces: number,
): ConfirmationGap[] {
  return [
    ...(typeof facts.count === "number" ? [] : (["count"] as const)),
    ...(part === "receiver" && pieces > 0 && facts.impressionsMatch !== true ? (["matches"] as const) : []),
  ];
}

export interface ListedDocument {
  readonly title: string;
  readonly impressions: number;
}

export function readTakeOut(data: MatterData) {
  const list: unknown[] = Array.isArray(data.documents) ? data.documents : [];
  return {
    bodyId: text(data.bodyId),
    escort: texts(data.escort),
    place: text(data.place),
    documents: list.map((one): ListedDocument => {
      const document = (one ?? {}) as Record<string, unknown>;
      return { title: text(document.title), impressions: Number(document.impressions) || 1 };
    }),
    mostImpressions: Number(data.mostImpressions) || 1,
    dueAt: text(data.dueAt),
  };
}

/** A text of a field among other data, for kinds that hold one or two. */
export const textOf = (data: MatterData, name: string): string => text(data[name]);

/**
 * The take-out a form begins with: that of the seal somebody came from, or the only one there is. Of several it never
 * guesses; a seal that is away under none of them begins with none.
 */
export function findTakeOutToBegin(
  away: readonly { readonly takeOutId: string; readonly seal: { readonly sealId: string } }[],
  sealId: string | null,
): string {
  const among = sealId === null ? away : away.filter((one) => one.seal.sealId === sealId);
  return (among.length === 1 && among[0]?.takeOutId) || "";
}
