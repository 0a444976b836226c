import type { SealFace } from "@chancery/pdf-seal/seal";
import type { Environment } from "../../platform/environment.ts";
import type { StoredFace } from "../seals/face.ts";

/** The face of a seal as the engine draws it: outlines as they are, a picture from the file store. */
export async function readSealFace(env: Environment, sealId: string): Promise<SealFace> {
  const row = await env.db.selectFrom("seals").select("face").where("seal_id", "=", sealId).executeTakeFirstOrThrow();
  const face = row.face as unknown as StoredFace;
  if (face.kind === "generated") return { kind: "outline", outline: face.outline };
  const picture = await env.files.read(face.digest);
  if (!picture.ok) throw new Error(`the picture of a seal can not be read: ${picture.code}`);
  return { kind: "png", bytes: picture.bytes };
}
