import { type Refusal, refuse } from "./refusal.ts";

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
