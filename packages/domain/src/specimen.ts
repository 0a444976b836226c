import { keepsSeal } from "./custody.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Grant } from "./separation-matrix.ts";
import type { Role } from "./vocabulary.ts";

interface SizeMm {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Paper, ink and pressure make an impression a little larger or smaller than its face. */
const tolerance = 0.15;

/**
 * Whether an impression is one of the face that was approved, by its size (C23): a round one is as wide whichever way it
 * is turned, a square one pressed askew reaches as far as its diagonal.
 */
export function listSpecimenRefusals(face: SizeMm & { readonly round: boolean }, impression: SizeMm): Refusal[] {
  const side = Math.max(face.widthMm, face.heightMm);
  const furthest = face.round ? side : Math.hypot(face.widthMm, face.heightMm);
  const measured = Math.max(impression.widthMm, impression.heightMm);
  if (measured >= side * (1 - tolerance) && measured <= furthest * (1 + tolerance)) return [];
  return [refuse("seal.specimen-scale", { mm: side, measured: Math.round(measured * 10) / 10 }, "C23")];
}

/** Roles whose holders compare papers with the seals their grant reaches, or run, inspect or decide on those seals. */
const comparing: readonly Role[] = ["supervisor", "signatory", "legal-reviewer", "seal-administrator", "inspector"];

/**
 * Whether a person reads the kept specimen of a piece (C23): at full size it is a template for a forger, so that it is
 * shown to who keeps the seal, to who compares with it by his role, and to the receiver and witness while they compare a
 * fresh impression with it. To everybody else the drawn face is enough. `grants` are his in force. Denied by default.
 */
export function mayReadSpecimen(
  viewer: { readonly personId: string; readonly grants: readonly Grant[] },
  piece: {
    readonly sealId: string;
    readonly entityId: string;
    readonly custodians: readonly string[];
    /** Who is named to compare it in a handover that was approved and is not over. */
    readonly comparers: readonly string[];
  },
): boolean {
  if ([...piece.custodians, ...piece.comparers].includes(viewer.personId)) return true;
  return viewer.grants.some((grant) => {
    if (keepsSeal(grant, piece.sealId)) return true;
    const reaches = grant.scope.kind !== "seal" || grant.scope.id === piece.sealId;
    return comparing.includes(grant.role) && grant.entityId === piece.entityId && reaches;
  });
}
