import { decideFace, type FaceOutline, type FaceSpec, faceToSvg, layoutFace, rasterise } from "@chancery/seal-image";
import { createGlyphSource } from "@chancery/seal-image/font";
import { encode } from "fast-png";
import type { Environment } from "../../platform/environment.ts";
import type { FileStore } from "../../platform/files.ts";
import { problems } from "../../platform/problems.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import type { CleanedPicture } from "./png-picture.ts";
import { sealProblems } from "./problems.ts";

/** A seal's face as it is kept: outlines in mm with what they were made from, or a cleaned picture in the file store. */
export type StoredFace =
  | { kind: "generated"; spec: FaceSpec; outline: FaceOutline }
  | { kind: "image"; digest: string; widthPx: number; heightPx: number; widthMm: number; heightMm: number };

/** Most bytes of an uploaded picture. */
export const pictureLimit = 5 * 1024 * 1024;
const glyphs = createGlyphSource();

/** Lays a face out, or throws the problem that says why it may not be made (`face.*`). */
export function makeFace(spec: FaceSpec): StoredFace & { kind: "generated" } {
  const decided = decideFace(spec, glyphs);
  if (!decided.ok) throw sealProblems.face(decided.code);
  return { kind: "generated", spec: decided.value, outline: layoutFace(decided.value, glyphs) };
}

export interface GlyphView {
  advance: number;
  path: (string | number)[][];
  bounds: [number, number, number, number];
}

/** Outlines of the characters of a text, to draw a face while typing; characters the font lacks are told. */
export function listGlyphs(text: string): { glyphs: Record<string, GlyphView>; missing: string[] } {
  const characters = [...new Set(text)];
  const found = [...glyphs(characters.join(""))];
  const outlines = found.map(([character, { advance, path, bounds }]): [string, GlyphView] => [
    character,
    { advance, path: path.map((command) => [...command]), bounds: [...bounds] },
  ]);
  const known = new Set(found.map(([character]) => character));
  return { glyphs: Object.fromEntries(outlines), missing: characters.filter((character) => !known.has(character)) };
}

/** The face as SVG of true size; a picture stands in it as it is. */
export async function drawSvg(files: FileStore, face: StoredFace, title: string): Promise<string> {
  if (face.kind === "generated") return faceToSvg(face.outline, { title });
  const { widthMm, heightMm } = face;
  const data = Buffer.from(await readPicture(files, face.digest)).toString("base64");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${widthMm} ${heightMm}" role="img"><image width="${widthMm}" height="${heightMm}" preserveAspectRatio="none" href="data:image/png;base64,${data}"/></svg>`;
}

/** The face as a transparent PNG of 300 dots an inch (a picture: as it was uploaded). */
export async function drawPng(files: FileStore, face: StoredFace): Promise<Uint8Array> {
  if (face.kind === "image") return readPicture(files, face.digest);
  const { width, height, rgba } = rasterise(face.outline, 300 / 25.4);
  return encode({ width, height, data: rgba, channels: 4, depth: 8 });
}

/** A seal's face as the sealing engine takes it: outlines, or the PNG's bytes. Throws `subject.not-found`. */
export async function readSealFace(
  env: Environment,
  sealId: string,
): Promise<{ kind: "outline"; outline: FaceOutline } | { kind: "png"; bytes: Uint8Array }> {
  const row = await env.db.selectFrom("seals").select("face").where("seal_id", "=", sealId).executeTakeFirst();
  if (!row) throw problems.notFound();
  const face = row.face as unknown as StoredFace;
  return face.kind === "generated"
    ? { kind: "outline", outline: face.outline }
    : { kind: "png", bytes: await readPicture(env.files, face.digest) };
}

async function readPicture(files: FileStore, digest: string): Promise<Uint8Array> {
  const answer = await files.read(digest);
  if (!answer.ok) throw new Error(`the picture of a face cannot be read: ${answer.code}`);
  return answer.bytes;
}

const cleanInThread = createThreadPool<{ bytes: Uint8Array }, CleanedPicture>(
  new URL("./png-picture-worker.ts", import.meta.url),
  { timeMs: 30_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 40 },
);

/** Cleans an uploaded picture in a thread of its own, so that a large one holds nobody up; throws `image.*` problems. */
export async function cleanFaceImage(bytes: Uint8Array): Promise<CleanedPicture & { ok: true }> {
  const outcome = await cleanInThread({ bytes });
  const answer = outcome.ok ? outcome.answer : ({ ok: false, code: "image.damaged" } as const);
  if (!answer.ok) throw sealProblems.face(answer.code);
  return answer;
}
