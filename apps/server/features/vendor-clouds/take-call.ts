import { createHash } from "node:crypto";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { sameSecret } from "../../platform/own-site.ts";
import { problems } from "../../platform/problems.ts";
import type { RawRequest } from "./adapter.ts";
import { hashOfCallSecret, openAdapter, readCloud } from "./clouds.ts";
import { followSoon } from "./stop-authorisations.ts";

/**
 * A cloud calls: a hint that something may have happened, whatever it says. It is kept byte for byte and answered at once; what is
 * written comes from asking the cloud. Whoever does not know the address, or cannot sign where that was agreed, finds nothing here.
 */
export async function takeVendorCall(
  env: Environment,
  of: { readonly cloudId: string; readonly secret: string },
  request: RawRequest,
): Promise<void> {
  const cloud = await readCloud(env.db, of.cloudId);
  const known = sameSecret(hashOfCallSecret(of.secret).toString("hex"), cloud?.call_hash.toString("hex") ?? "");
  if (!cloud || !known || cloud.state === "awaiting-confirmation") throw problems.notFound();
  const adapter = openAdapter(env, cloud);
  if (!adapter.isSigned(request)) throw problems.notFound();
  const hash = createHash("sha256").update(request.body).digest("hex");
  const hints = adapter.parseCallback(request);
  await transact(env.db, async (tx) => {
    const known = await tx
      .selectFrom("vendor_authorisations")
      .select(["authorisation_id", "vendor_ref"])
      .where("cloud_id", "=", of.cloudId)
      .where("vendor_ref", "in", ["", ...hints.map(({ ref }) => ref)])
      .where("state", "in", ["open", "over"])
      .execute();
    for (const { ref, key } of hints.length > 0 ? hints : [{ ref: null, key: hash }]) {
      const about = known.filter((one) => one.vendor_ref === ref);
      const made = await tx
        .insertInto("vendor_hints")
        .values({
          ...{ cloud_id: of.cloudId, key, body: request.body, body_hash: hash, vendor_ref: ref },
          ...{ received_at: new Date(env.clock.now()), state: about.length > 0 ? "waiting" : "unknown" },
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      // The same call again starts nothing: what it hints at is asked for already.
      if (made.numInsertedOrUpdatedRows !== 1n) continue;
      for (const { authorisation_id: authorisationId } of about) await followSoon(tx, env, authorisationId);
    }
  });
}
