import { type SealState, stateOfSeal, type UseMode } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";

export interface BodyOfUse {
  readonly bodyId: string;
  readonly sealId: string;
  readonly state: SealState;
}

/** What seals are used with: their keys, or by hand a piece of each. */
export interface BodiesOfUse {
  /** By the postings: a grant makes a person fit to be custodian, the last posting makes him the one who answers (C08). */
  ofRecord(personId: string): boolean;
  /** The state of what a seal is used with; one without it has nothing to be used with. */
  stateOf(sealId: string): SealState;
  /** Of paper: the piece that a seal is used with; null where there is none, and of what is sealed electronically. */
  pieceOf(sealId: string): string | null;
  /** By hand: the piece of each seal that this person would press. */
  piecesOf(personId: string): ReadonlyMap<string, string>;
}

/**
 * Reads them. Of several pieces of one seal it is the one that its custodian keeps; once a stamping is open, the one it was
 * opened with (`used`), whoever keeps it since.
 */
export async function readBodiesOfUse(
  reader: Reader,
  use: {
    readonly mode: UseMode;
    readonly sealIds: readonly string[];
    readonly used: readonly string[];
    readonly releasedBy: string | null;
  },
): Promise<BodiesOfUse> {
  const rows = await reader
    .selectFrom("seal_bodies")
    .select(["body_id", "seal_id", "state"])
    .where("kind", "=", use.mode === "by-hand" ? "physical" : "electronic")
    .where("seal_id", "in", ["", ...use.sealIds])
    .orderBy("number")
    .execute();
  const bodies = rows.map(
    (row): BodyOfUse => ({ bodyId: row.body_id, sealId: row.seal_id, state: row.state as SealState }),
  );
  const held = await readHeldNow(
    reader,
    bodies.map((body) => body.bodyId),
  );
  const keeps = (personId: string) => (body: BodyOfUse) => custodiansOf(held(body.bodyId)).includes(personId);
  if (use.mode === "electronic")
    return {
      ofRecord: (personId) => bodies.length > 0 && bodies.every(keeps(personId)),
      // It is the electronic body that seals; a seal without one has nothing to seal with.
      stateOf: (sealId) => bodies.find((body) => body.sealId === sealId)?.state ?? "requested",
      pieceOf: () => null,
      piecesOf: () => new Map(),
    };
  const inQuestion = (sealId: string): BodyOfUse[] => {
    const own = bodies.filter((body) => body.sealId === sealId);
    const used = own.filter((body) => use.used.includes(body.bodyId));
    return used.length > 0 ? used : own.filter((body) => body.state === "in-use");
  };
  const piecesOf = (personId: string): ReadonlyMap<string, string> =>
    new Map(
      use.sealIds.flatMap((sealId) => {
        const piece = inQuestion(sealId).find(keeps(personId));
        return piece ? [[sealId, piece.bodyId] as const] : [];
      }),
    );
  const pressed = (sealId: string): BodyOfUse | undefined => {
    const own = use.releasedBy === null ? undefined : piecesOf(use.releasedBy).get(sealId);
    return bodies.find((body) => body.bodyId === own) ?? inQuestion(sealId)[0];
  };
  return {
    ofRecord: (personId) => use.sealIds.length > 0 && piecesOf(personId).size === use.sealIds.length,
    stateOf: (sealId) => pressed(sealId)?.state ?? stateOfSeal(bodies.filter((body) => body.sealId === sealId)),
    pieceOf: (sealId) => pressed(sealId)?.bodyId ?? null,
    piecesOf,
  };
}

/** Whether a person keeps what these seals are used with, for lists of many requests: read once, asked for each. */
export async function readKeeping(
  reader: Reader,
  sealIds: readonly string[],
): Promise<(mode: UseMode, ofRequest: readonly string[]) => (personId: string) => boolean> {
  const bodies = await reader
    .selectFrom("seal_bodies")
    .select(["body_id", "seal_id", "kind", "state"])
    .where("seal_id", "in", ["", ...sealIds])
    .execute();
  const held = await readHeldNow(
    reader,
    bodies.map((body) => body.body_id),
  );
  return (mode, ofRequest) => {
    const own = bodies.filter(({ kind, seal_id, state }) => {
      const fits = mode === "by-hand" ? kind === "physical" && state === "in-use" : kind === "electronic";
      return fits && ofRequest.includes(seal_id);
    });
    const keeps = (personId: string) => (body: { body_id: string }) =>
      custodiansOf(held(body.body_id)).includes(personId);
    if (mode === "electronic") return (personId) => own.length > 0 && own.every(keeps(personId));
    return (personId) =>
      ofRequest.length > 0 &&
      ofRequest.every((sealId) => own.filter((body) => body.seal_id === sealId).some(keeps(personId)));
  };
}
