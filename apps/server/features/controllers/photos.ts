import { randomBytes } from "node:crypto";
import { refuse } from "@chancery/domain";
import { type AckClaims, type ChainState, checkPicture, composeAck, type OpenedRecord } from "@chancery/seallink";
import type { HandlerAnswer } from "../../platform/call.ts";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { tiePhotos } from "../controller-stamping/tie-photos.ts";
import { lockChain, readEpoch } from "./chain-rows.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { hashSecret } from "./service.ts";
import { storeFindings } from "./tell-findings.ts";

type Progress = HandlerAnswer<"GET /v1/controller-photos/:ticket">;

/** A photo travels in parts of this size, in any order and by any number of connections. */
const partSize = 256 * 1024;
const ticketLife = 60 * 60_000;

/** Notes the photos that these records name: from here on they are owed, and nothing else is taken. */
export async function oweNamedPhotos(
  tx: Tx,
  chain: ChainState,
  accepted: readonly OpenedRecord[],
  receivedAt: number,
): Promise<void> {
  const named = accepted.flatMap(({ record }) =>
    ("pic" in record ? (record.pic ?? []) : [])
      // A digest of another kind cannot be compared here, and an empty photo is none.
      .filter(({ h, sz }) => h.startsWith("sha256:") && sz > 0)
      .map(({ h, k, sz }) => ({
        ...{ controller_id: chain.dev, hash: h, kind: k, size_bytes: sz, epoch: chain.ep, seq: record.seq },
        named_at: new Date(receivedAt),
      })),
  );
  if (named.length === 0) return;
  await tx
    .insertInto("controller_photos")
    .values(named)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type PhotoAnswer =
  | { readonly kind: "ticket"; readonly ticket: string }
  /** It is here: the box may let go of it. To be signed. */
  | { readonly kind: "stored"; readonly ack: AckClaims };

/** A controller that wants to send a photo it named, or to know that it arrived; null for any other photo. */
export async function askForPhoto(env: Environment, controllerId: string, hash: string): Promise<PhotoAnswer | null> {
  return transact(env.db, async (tx) => {
    const photo = await tx
      .selectFrom("controller_photos as p")
      .innerJoin("controllers as c", "c.controller_id", "p.controller_id")
      .select("p.digest")
      .where("p.controller_id", "=", controllerId)
      .where("p.hash", "=", hash)
      .where("c.state", "=", "enrolled")
      .executeTakeFirst();
    const epoch = await readEpoch(tx, controllerId);
    if (!photo || epoch === null) return null;
    const now = env.clock.now();
    if (photo.digest !== null) {
      const chain = await lockChain(tx, controllerId, epoch);
      return chain && { kind: "stored", ack: composeAck(chain, now, { pictures: [hash] }) };
    }
    const ticket = randomBytes(32).toString("base64url");
    // One ticket for a photo: a new one ends the old one.
    await tx
      .deleteFrom("controller_photo_tickets")
      .where("controller_id", "=", controllerId)
      .where("hash", "=", hash)
      .execute();
    await tx
      .insertInto("controller_photo_tickets")
      .values({
        ...{ ticket_hash: hashSecret(ticket), controller_id: controllerId, hash },
        expires_at: new Date(now + ticketLife),
      })
      .execute();
    return { kind: "ticket", ticket };
  });
}

/** Which parts are here already: where a connection that broke goes on. */
export async function readPhotoProgress(env: Environment, ticket: string): Promise<Progress> {
  return transact(env.db, async (tx) => showProgress(tx, await lockPhoto(tx, env, ticket)));
}

/** Takes one part. With the last one the photo is put together and compared with the digest that was signed for. */
export async function storePhotoPart(
  env: Environment,
  ticket: string,
  part: number,
  stream: AsyncIterable<Uint8Array>,
): Promise<Progress> {
  const bytes = await readPart(stream);
  const answer = await transact(env.db, async (tx) => {
    const photo = await lockPhoto(tx, env, ticket);
    const parts = Math.ceil(photo.size_bytes / partSize);
    const expected = Math.min(partSize, photo.size_bytes - part * partSize);
    if (part >= parts || bytes === null || bytes.length !== expected)
      throw refusedBy([refuse("controller.photo-part-unfit", { part })]);
    await tx
      .insertInto("controller_photo_parts")
      .values({ controller_id: photo.controller_id, hash: photo.hash, part, bytes })
      .onConflict((conflict) => conflict.columns(["controller_id", "hash", "part"]).doUpdateSet({ bytes }))
      .execute();
    const progress = await showProgress(tx, photo);
    if (progress.have.length < parts) return { ...progress, done: null };
    return (await putTogether(tx, env, photo)) ? { ...progress, state: "stored" as const, done: photo.hash } : null;
  });
  if (answer === null) throw refusedBy([refuse("controller.photo-differs", {}, "C18")]);
  // Afterwards, for it is opened in a thread; what is not done here the clockwork does.
  const { done, ...progress } = answer;
  if (done !== null)
    await tiePhotos(env, { hash: done }).catch((error: unknown) =>
      env.logger.error({ err: error }, "a photo of a controller could not be tied to its impression"),
    );
  return progress;
}

async function readPart(stream: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.length;
    // Read to its end all the same, so that the caller gets his answer.
    if (size <= partSize) pieces.push(piece);
  }
  return size <= partSize ? Buffer.concat(pieces) : null;
}

type Photo = Awaited<ReturnType<typeof lockPhoto>>;

async function lockPhoto(tx: Tx, env: Environment, ticket: string) {
  const photo = await tx
    .selectFrom("controller_photo_tickets as t")
    .innerJoin("controller_photos as p", (join) =>
      join.onRef("p.controller_id", "=", "t.controller_id").onRef("p.hash", "=", "t.hash"),
    )
    .innerJoin("controllers as c", "c.controller_id", "p.controller_id")
    .select(["p.controller_id", "p.hash", "p.size_bytes", "p.epoch", "p.seq", "p.digest"])
    .where("t.ticket_hash", "=", hashSecret(ticket))
    .where("t.expires_at", ">", new Date(env.clock.now()))
    .where("c.state", "=", "enrolled")
    .forUpdate("p")
    .executeTakeFirst();
  if (!photo) throw problems.notFound();
  return photo;
}

async function showProgress(tx: Tx, photo: Photo): Promise<Progress> {
  const parts = await tx
    .selectFrom("controller_photo_parts")
    .select("part")
    .where("controller_id", "=", photo.controller_id)
    .where("hash", "=", photo.hash)
    .orderBy("part")
    .execute();
  return {
    state: photo.digest === null ? "owed" : "stored",
    ...{ sizeBytes: photo.size_bytes, partBytes: partSize, have: parts.map(({ part }) => part) },
  };
}

/** Whether the parts are the photo; where they are not, they are let go and it is found (attack 22). */
async function putTogether(tx: Tx, env: Environment, photo: Photo): Promise<boolean> {
  const of = { controllerId: photo.controller_id, hash: photo.hash };
  const parts = await tx
    .deleteFrom("controller_photo_parts")
    .where("controller_id", "=", of.controllerId)
    .where("hash", "=", of.hash)
    .returning(["part", "bytes"])
    .execute();
  const bytes = Buffer.concat(parts.toSorted((a, b) => a.part - b.part).map((one) => one.bytes));
  const checked = await checkPicture(of.hash, bytes, nodeCrypto);
  if (!checked.ok) {
    const chain = await lockChain(tx, of.controllerId, photo.epoch);
    const finding = { code: checked.code, seq: Number(photo.seq), detail: checked.detail };
    if (chain) await storeFindings(tx, env, { before: chain, after: chain, findings: [finding] });
    return false;
  }
  const now = new Date(env.clock.now());
  const { digest, sizeBytes } = await env.files.storeBytes(bytes);
  // Never opened here: what it shows is looked at in a thread, by whoever shows it.
  await tx
    .insertInto("files")
    .values({ digest, size_bytes: sizeBytes, media_type: "application/octet-stream", stored_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .updateTable("controller_photos")
    .set({ digest, stored_at: now })
    .where("controller_id", "=", of.controllerId)
    .where("hash", "=", of.hash)
    .execute();
  return true;
}
