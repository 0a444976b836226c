import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { cleanFaceImage, pictureLimit } from "./face.ts";
import { sealProblems } from "./problems.ts";

export interface FaceImage {
  imageId: string;
  widthPx: number;
  heightPx: number;
}

/** Keeps the cleaned picture of an impression; what was uploaded itself is not kept. Throws `image.*` problems. */
export async function uploadFaceImage(
  env: Environment,
  personId: string,
  stream: AsyncIterable<Uint8Array>,
): Promise<FaceImage> {
  const cleaned = await cleanFaceImage(await readAll(stream));
  const { digest, sizeBytes } = await env.files.storeBytes(cleaned.png);
  const now = env.clock.now();
  const imageId = newId("img", now);
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("files")
      .values({ digest, size_bytes: sizeBytes, media_type: "image/png", stored_at: new Date(now) })
      .onConflict((conflict) => conflict.column("digest").doNothing())
      .execute();
    await tx
      .insertInto("face_images")
      .values({
        image_id: imageId,
        uploaded_by: personId,
        digest,
        width_px: cleaned.widthPx,
        height_px: cleaned.heightPx,
        uploaded_at: new Date(now),
      })
      .execute();
  });
  return { imageId, widthPx: cleaned.widthPx, heightPx: cleaned.heightPx };
}

/** A cleaned picture, for who uploaded it. */
export async function getFaceImage(env: Environment, personId: string, imageId: string): Promise<Uint8Array> {
  const row = await env.db
    .selectFrom("face_images")
    .select("digest")
    .where("image_id", "=", imageId)
    .where("uploaded_by", "=", personId)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  const answer = await env.files.read(row.digest);
  if (!answer.ok) throw new Error(`the picture ${imageId} cannot be read: ${answer.code}`);
  return answer.bytes;
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > pictureLimit) throw sealProblems.face("image.too-large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
