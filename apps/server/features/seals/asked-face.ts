import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { requireSeesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { makeFace, type StoredFace } from "./face.ts";
import { findPicture } from "./make-seal.ts";
import { SealWanted } from "./seal-wanted.ts";

/** The face that a matter asks for: whoever decides an engraving sees what would be engraved. */
export async function getAskedFace(
  env: Environment,
  personId: string,
  matterId: string,
): Promise<{ face: StoredFace; title: string }> {
  const row = await getMatter(env.db, matterId);
  await requireSeesMatter(env.db, personId, row, env.clock.now());
  if (row.kind !== "engrave" && row.kind !== "replace") throw problems.notFound();
  const { face, name } = SealWanted.parse(row.data);
  const asked = face.kind === "generated" ? makeFace(face.spec) : await findPicture(env.db, row.asked_by, face);
  if (!asked) throw problems.notFound();
  return { face: asked, title: `${name.zh} / ${name.en}` };
}
