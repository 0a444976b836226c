import { createHash } from "node:crypto";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { attachPhoto } from "../controller-stamping/tie-photos.ts";
import { keepEvidence, takeInPhoto } from "../evidence/service.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { openFinding } from "../tasks/open-finding.ts";
import type { PulledImage, SealDeviceAdapter } from "./adapter.ts";

/**
 * Fetches the photos of what was pressed and ties them to impressions in the order of their names, since a cloud does not say which
 * belongs to which. A picture of somebody's face is not kept. What is there already is neither stored nor tied again.
 */
export async function pullPhotos(env: Environment, adapter: SealDeviceAdapter, authorisationId: string): Promise<void> {
  const row = await env.db
    .selectFrom("vendor_authorisations")
    .selectAll()
    .where("authorisation_id", "=", authorisationId)
    .executeTakeFirstOrThrow();
  const { vendor_ref: ref, cloud_id: cloudId } = row;
  if (ref === null || row.used === 0) return;
  const known = await env.db
    .selectFrom("vendor_photos")
    .select("hash")
    .where("cloud_id", "=", cloudId)
    .where("vendor_ref", "=", ref)
    .execute();
  // Everything is here: nothing is fetched for nothing, every ten minutes.
  if ((await listWithoutPhoto(env.db, cloudId, ref)).length === 0 && known.length > 0) return;
  const hashes = new Set(known.map((one) => one.hash));
  for await (const image of adapter.pullImages(ref)) {
    const hash = createHash("sha256").update(image.bytes).digest("hex");
    if (image.kind === "face" || hashes.has(hash)) continue;
    hashes.add(hash);
    await keep(env, { cloudId, ref, requestId: row.request_id, hash }, image);
  }
  await transact(env.db, (tx) => tie(tx, env, { cloudId, ref, requestId: row.request_id }));
}

type Of = { readonly cloudId: string; readonly ref: string; readonly requestId: string };

async function keep(env: Environment, of: Of & { readonly hash: string }, image: PulledImage): Promise<void> {
  const looked = await takeInPhoto(env, image.bytes);
  if (looked === "later") return;
  await transact(env.db, async (tx) => {
    const stamping = await readStamping(tx, of.requestId);
    if (!stamping) return;
    const made = await tx
      .insertInto("vendor_photos")
      .values({
        ...{ cloud_id: of.cloudId, vendor_ref: of.ref, hash: of.hash, name: image.name.slice(0, 80) },
        ...{ kind: image.kind, stored_at: new Date(env.clock.now()), unfit: looked === null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    // Fetched by another at the same moment.
    if (made.numInsertedOrUpdatedRows !== 1n || looked === null) return;
    const evidenceId = await keepEvidence(tx, env, stamping.opened_by, looked);
    await tx
      .updateTable("vendor_photos")
      .set({ evidence_id: evidenceId })
      .where("cloud_id", "=", of.cloudId)
      .where("vendor_ref", "=", of.ref)
      .where("hash", "=", of.hash)
      .execute();
  });
}

/** Impressions that uses under this reference made and whose photo nobody has seen, in the order they were made. */
const listWithoutPhoto = (reader: Environment["db"] | Tx, cloudId: string, ref: string) =>
  reader
    .selectFrom("vendor_strokes as v")
    .innerJoin("vendor_authorisations as a", "a.authorisation_id", "v.authorisation_id")
    .innerJoin("impressions as i", "i.impression_id", "v.impression_id")
    .select("i.impression_id")
    .where("a.cloud_id", "=", cloudId)
    .where("a.vendor_ref", "=", ref)
    .where("i.evidence_id", "is", null)
    .orderBy("a.sent_at")
    .orderBy("v.n")
    .execute();

async function tie(tx: Tx, env: Environment, { cloudId, ref, requestId }: Of): Promise<void> {
  const view = await readGateFacts(tx, env, requestId, { lock: true });
  const stamping = await readStamping(tx, requestId);
  if (!stamping) return;
  const photos = await tx
    .selectFrom("vendor_photos as p")
    .innerJoin("evidence as e", "e.evidence_id", "p.evidence_id")
    .select(["p.evidence_id", "p.name", "p.kind", "e.digest"])
    .where("p.cloud_id", "=", cloudId)
    .where("p.vendor_ref", "=", ref)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("impressions as i").select("i.impression_id").whereRef("i.evidence_id", "=", "p.evidence_id"),
        ),
      ),
    )
    .execute();
  const inOrder = photos
    .filter(({ kind }) => kind === "use")
    .toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const without = await listWithoutPhoto(tx, cloudId, ref);
  for (const [at, { impression_id: impressionId }] of without.entries()) {
    const photo = inOrder[at];
    const impression = (await readHandImpressions(tx, requestId)).find((one) => one.impressionId === impressionId);
    if (!photo?.evidence_id || !impression) break;
    await attachPhoto(tx, env, view, {
      ...{ stamping, impression },
      photo: { evidenceId: photo.evidence_id, digest: photo.digest },
    });
  }
  const more = photos.length - Math.min(without.length, inOrder.length);
  if (more <= 0) return;
  const { row } = view.loaded;
  await openFinding(tx, env, {
    ...{ control: "C09", source: "counts.photo-more", subjectKey: requestId, entityId: row.entity_id, actorId: null },
    ...{ personId: stamping.opened_by, facts: { subject: row.number, count: more } },
  });
}
