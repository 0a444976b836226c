import { listOrderRefusals, listPermissions, type Permission } from "@chancery/domain";
import type { OrderClaims } from "@chancery/seallink";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { type Box, findBoxOf, handlesOf } from "../controllers/read-box.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { readTags } from "../custody/short-handovers.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import type { OrderAsked } from "./ask.ts";
import type { Head, Judged } from "./judge-ask.ts";

/** How long an order waits for its two people, in seconds. */
const life = 24 * 3600;

/** Why an order is not signed: asked when somebody asks for it, and again by the authority. */
export async function listRefusalsOfOrder(
  reader: Reader,
  env: Environment,
  box: Box,
  order: OrderAsked,
  askedBy: string | null,
) {
  const grants = (await readGrantsInForce(reader, env.clock.now(), { entityId: box.entityId })).filter(
    ({ entityId }) => entityId === box.entityId,
  );
  const may = (personId: string, permission: Permission): boolean =>
    grants.some((grant) => grant.personId === personId && listPermissions([grant.role]).has(permission));
  const { finger } = order;
  const added = finger?.personId;
  return listOrderRefusals({
    ...{ kind: order.kind, enrolled: box.enrolled, askedBy: askedBy ?? "", by: order.by },
    known: (personId) => handlesOf(box, personId).length > 0,
    manages: (personId) => may(personId, "controller.manage"),
    piece: order.seal ? await readPieceOfOrder(reader, box, order.kind, order.seal) : null,
    finger:
      order.kind === "cred-add"
        ? added !== undefined &&
          finger !== undefined &&
          !box.credentials.has(finger.handle) &&
          grants.some((grant) => grant.personId === added)
        : finger !== undefined && box.credentials.has(finger.handle),
  });
}

async function readPieceOfOrder(
  reader: Reader,
  box: Box,
  kind: OrderAsked["kind"],
  { bodyId, slot }: NonNullable<OrderAsked["seal"]>,
) {
  const body = await reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.state", "b.kind", "s.entity_id"])
    .where("b.body_id", "=", bodyId)
    .executeTakeFirst();
  return {
    // What was frozen or stopped in a box has to come out of it, too.
    fit:
      body?.kind === "physical" && (kind === "unmount" || body.state === "in-use") && body.entity_id === box.entityId,
    custodians: custodiansOf((await readHeldNow(reader, [bodyId]))(bodyId)),
    here: box.mounted.some((one) => one.bodyId === bodyId),
    mounted: (await findBoxOf(reader, box.entityId, bodyId)) !== null,
    slotTaken: box.mounted.some((one) => one.slot === slot),
    tag: (await readTags(reader, [bodyId]))(bodyId),
  };
}

/** An order that two people carry out at the box (clause 3.11). */
export async function judgeOrder(
  tx: Tx,
  env: Environment,
  { box, asn, now }: Head,
  order: OrderAsked,
  askedBy: string | null,
): Promise<Judged> {
  const refusals = await listRefusalsOfOrder(tx, env, box, order, askedBy);
  if (refusals.length > 0) return { ok: false, refusals };
  const jti = newId("ord", env.clock.now());
  const head = {
    ...{ v: 1 as const, aud: box.controllerId, ep: box.epoch, jti, asn, iat: now, nbf: now - 30, exp: now + life },
    by: order.by.map((personId) => ({ u: personId, cred: handlesOf(box, personId) })),
  };
  const mounted = box.mounted.find((one) => one.bodyId === order.seal?.bodyId);
  return {
    ok: true,
    value: {
      ...{
        kind: "order",
        claims: composeClaims(head, order, mounted?.slot),
        jti,
        asn,
        epoch: box.epoch,
        requestId: null,
      },
      ...{ sealId: null, bodyId: order.seal?.bodyId ?? null, most: null, nbf: head.nbf, exp: head.exp },
      facts: {
        order: order.kind,
        ...(order.seal ? { body: order.seal.bodyId } : {}),
        ...(order.finger ? { handle: order.finger.handle } : {}),
      },
    },
  };
}

type OrderHead = Pick<OrderClaims, "v" | "aud" | "ep" | "jti" | "asn" | "iat" | "nbf" | "exp" | "by">;

function composeClaims(head: OrderHead, { kind, seal, finger }: OrderAsked, slot: number | undefined): OrderClaims {
  switch (kind) {
    case "mount":
      // A face that changes is another piece, so that the face of one piece has one number.
      return { ...head, kind, seal: { id: seal?.bodyId ?? "", slot: seal?.slot ?? 0, face: 1, tag: seal?.tag ?? "" } };
    case "unmount":
      return { ...head, kind, seal: { id: seal?.bodyId ?? "", slot: slot ?? 0 } };
    case "cred-add":
      return { ...head, kind, cred: finger?.handle ?? "", u: finger?.personId ?? "" };
    case "cred-del":
      return { ...head, kind, cred: finger?.handle ?? "" };
    default:
      return { ...head, kind };
  }
}
