import { createHash } from "node:crypto";
import { encodeCanonicalJson } from "@chancery/ledger";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import type { StepUpAct } from "../identity/step-up.ts";

/** The acts on a seal that a proof of presence may be given for. */
export type SealStepUpAct = Extract<StepUpAct, `seal-${string}`>;

/**
 * What a proof of presence for an act on a seal is bound to: the act, the seal, and the seal's version, so that a proof
 * given before the seal changed is worth nothing. Throws the problem `subject.not-found`.
 */
export async function sealActDigest(reader: Reader, act: SealStepUpAct, sealId: string): Promise<string> {
  const seal = await reader.selectFrom("seals").select("version").where("seal_id", "=", sealId).executeTakeFirst();
  if (!seal) throw problems.notFound();
  const canonical = encodeCanonicalJson({ act, seal: sealId, version: seal.version });
  if (!canonical.ok) throw new Error(`an act has no canonical form: ${canonical.code}`);
  return `sha256:${createHash("sha256").update(canonical.value).digest("hex")}`;
}
