import { isPressedInRed, type SealType } from "@chancery/domain";
import { comparedPerMm, type Place } from "@chancery/printed-copy";
import sharp from "sharp";
import type { Environment } from "../../platform/environment.ts";
import type { FaceFound } from "./read-foreign-photo.ts";
import type { KeptFace, ReadPhotoTask } from "./read-photo.ts";

/** Other seals that an impression is held against, those first that are nearest in size: they are taken for one another. */
const mostOthers = 5;
/** Specimens never change: what they come to at the scale of comparing is kept, of so many. */
const mostCached = 40;
const cached = new Map<string, Omit<KeptFace, "id">>();

/**
 * The faces that the impression of a piece is held against (C06, C23): the specimen that was kept of it, and those of other seals
 * of its entity. Null where there is nothing to compare: there is no specimen, or the seal leaves no red or goes over the edges of
 * pages; `overlapped` where another seal's place lies over this one's, so that its ink would be taken for this one's.
 */
export async function readKeptFaces(
  env: Environment,
  bodyId: string,
  sealPlace: ReadPhotoTask["sealPlace"],
): Promise<KeptFaces> {
  if (!sealPlace) return null;
  const rows = await env.db
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .innerJoin("seals as of", "of.entity_id", "s.entity_id")
    .innerJoin("seal_bodies as own", "own.seal_id", "of.seal_id")
    .select(["b.body_id", "b.seal_id", "b.specimen_digest", "b.specimen_mm_per_px"])
    .select(["s.type", "s.width_mm", "s.height_mm"])
    .where("own.body_id", "=", bodyId)
    .where("b.kind", "=", "physical")
    .where("b.specimen_digest", "is not", null)
    .orderBy("b.body_id")
    .execute();
  const own = rows.find((row) => row.body_id === bodyId);
  if (!own || !isCompared(own.type)) return null;
  if (sealPlace.others.some((other) => overlap(sealPlace.own, other))) return "overlapped";
  const sideOf = (row: (typeof rows)[number]): number => Math.max(row.width_mm, row.height_mm);
  const apart = (row: (typeof rows)[number]): number => Math.abs(sideOf(row) / sideOf(own) - 1);
  const others = [...new Map(rows.map((row) => [row.seal_id, row])).values()]
    .filter((row) => row.seal_id !== own.seal_id && isCompared(row.type))
    .sort((one, other) => apart(one) - apart(other))
    .slice(0, mostOthers);
  const kept: KeptFace[] = [];
  for (const { seal_id: id, specimen_digest: digest, specimen_mm_per_px: mmPerPx } of [own, ...others]) {
    if (digest === null || mmPerPx === null) continue;
    const face = await drawSpecimen(env, digest, mmPerPx);
    if (face) kept.push({ id, ...face });
  }
  // Without its own nothing is said of the others.
  return kept[0]?.id === own.seal_id ? { expected: own.seal_id, kept } : null;
}

type KeptFaces = ReadPhotoTask["faces"] | "overlapped";
export const facesToRead = (kept: KeptFaces): ReadPhotoTask["faces"] => (kept === "overlapped" ? null : kept);
/** Whose face an impression has, where it can be told. */
export const sightOf = (kept: KeptFaces, read: FaceFound | null): FaceFound | null =>
  kept === "overlapped" ? { sight: "untold", sealId: null } : read;

/** A seal over the edges of pages shows a strip of its face on each. */
const isCompared = (type: string): boolean => type !== "cross-page" && isPressedInRed(type as SealType);

const overlap = (one: Place, other: Place): boolean =>
  one.xMm < other.xMm + other.widthMm &&
  other.xMm < one.xMm + one.widthMm &&
  one.yMm < other.yMm + other.heightMm &&
  other.yMm < one.yMm + one.heightMm;

/** The ink of a kept specimen alone, at the scale of comparing; null where the picture cannot be read. */
async function drawSpecimen(env: Environment, digest: string, mmPerPx: number): Promise<Omit<KeptFace, "id"> | null> {
  const key = `${digest} ${mmPerPx}`;
  const known = cached.get(key);
  if (known) return known;
  const file = await env.files.read(digest);
  if (!file.ok) return null;
  const picture = sharp(file.bytes).ensureAlpha();
  const { width = 0 } = await picture.metadata();
  const { data, info } = await picture
    .extractChannel("alpha")
    .resize({ width: Math.max(1, Math.round(width * mmPerPx * comparedPerMm)) })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const face = cutToInk(data, info.width, info.height);
  if (cached.size >= mostCached) cached.delete(cached.keys().next().value ?? "");
  cached.set(key, face);
  return face;
}

/** Cut to where there is ink, with a rim of a millimetre. */
function cutToInk(ink: Uint8Array, width: number, height: number): Omit<KeptFace, "id"> {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 1) {
      if ((ink[at] ?? 0) < 128) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    }
  const rim = comparedPerMm;
  const [fromX, fromY] = [Math.max(0, left - rim), Math.max(0, top - rim)];
  const [toX, toY] = [Math.min(width, right + rim), Math.min(height, bottom + rim)];
  const cut = { width: Math.max(1, toX - fromX), height: Math.max(1, toY - fromY) };
  const kept = new Uint8Array(cut.width * cut.height);
  for (let y = 0; y < cut.height; y += 1)
    kept.set(ink.subarray((fromY + y) * width + fromX, (fromY + y) * width + fromX + cut.width), y * cut.width);
  return { ...cut, ink: kept };
}
