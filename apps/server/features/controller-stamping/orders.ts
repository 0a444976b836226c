import type { ControllerOrder } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy, toRefusalView } from "../../platform/refusals.ts";
import { askAuthority, type OrderAsked, type ResetAsked } from "../authority/ask.ts";
import { listRefusalsOfOrder } from "../authority/judge-order.ts";
import { readControllerReach } from "../controllers/reach.ts";
import { type Box, readBoxes } from "../controllers/read-box.ts";
import { lockController } from "../controllers/service.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";

export interface OrderWanted {
  readonly kind: ControllerOrder;
  /** Who carries it out together with who asks for it. */
  readonly secondPersonId: string;
  readonly bodyId?: string | undefined;
  readonly slot?: number | undefined;
  readonly tag?: string | undefined;
  readonly personId?: string | undefined;
  readonly handle?: string | undefined;
}

/** Asks for an order that this person and another one carry out at the box. Throws the refusals that the authority would give. */
export async function askForOrder(
  env: Environment,
  personId: string,
  controllerId: string,
  wanted: OrderWanted,
): Promise<{ askId: string }> {
  return transact(env.db, async (tx) => {
    await lockController(tx, env, personId, controllerId, "manages");
    const [box] = await readBoxes(tx, [controllerId]);
    if (!box) throw problems.notFound();
    const order = composeOrder(box, personId, wanted);
    const refusals = await listRefusalsOfOrder(tx, env, box, order, personId);
    if (refusals.length > 0) throw refusedBy(refusals);
    return { askId: await askAuthority(tx, env, { kind: "order", order, controllerId, askedBy: personId }) };
  });
}

function composeOrder(box: Box, personId: string, wanted: OrderWanted): OrderAsked {
  const { kind, bodyId, tag } = wanted;
  return {
    ...{ kind, by: [personId, wanted.secondPersonId] },
    ...(kind === "mount" || kind === "unmount"
      ? { seal: { bodyId: bodyId ?? "", slot: wanted.slot ?? 0, ...(tag === undefined ? {} : { tag }) } }
      : {}),
    ...(kind === "cred-add" ? { finger: { handle: nextHandle(box), personId: wanted.personId ?? "" } } : {}),
    ...(kind === "cred-del" ? { finger: { handle: wanted.handle ?? "" } } : {}),
  };
}

/** The first place in the reader that no finger has. */
function nextHandle(box: Box): string {
  for (let at = 1; ; at += 1) if (!box.credentials.has(`fp:${at}`)) return `fp:${at}`;
}

type View = HandlerAnswer<"GET /v1/controllers/:controllerId/orders">;
const shown = 20;

/** What is in a box and whom it knows, the orders for it, and what may be put in or added. */
export async function showOrders(env: Environment, personId: string, controllerId: string): Promise<View> {
  const reach = await readControllerReach(env.db, personId, env.clock.now());
  const [box] = await readBoxes(env.db, [controllerId]);
  if (!box || !reach.reads.has(box.entityId)) throw problems.notFound();
  const orders = await env.db
    .selectFrom("controller_asks as k")
    .leftJoin("controller_signatures as s", "s.ask_id", "k.ask_id")
    .select(["k.ask_id", "k.body", "k.asked_by", "k.asked_at", "k.state", "k.refusals", "k.done_at", "s.exp"])
    .where("k.controller_id", "=", controllerId)
    .where("k.kind", "=", "order")
    .orderBy("k.asked_at", "desc")
    .limit(shown)
    .execute();
  const grants = await readGrantsInForce(env.db, env.clock.now(), { entityId: box.entityId });
  const inEntity = [...new Set(grants.filter((one) => one.entityId === box.entityId).map((one) => one.personId))];
  const asked = orders.map((row) => ({
    row,
    order: (row.body as unknown as { order: OrderAsked | ResetAsked }).order,
  }));
  const person = await readPeople(env.db, [
    ...[...box.credentials.values(), ...inEntity],
    ...asked.flatMap(({ row, order }) => [row.asked_by, ...order.by, fingerOf(order)]),
  ]);
  const pieces = await readPieces(env.db, box.entityId);
  const pieceOf = (bodyId: string | undefined) => pieces.find((one) => one.bodyId === bodyId)?.piece ?? null;
  const mayManage = reach.manages.has(box.entityId) && box.enrolled;
  return {
    mayManage,
    mounted: box.mounted.map(({ slot, bodyId, tag }) => ({ slot, tag, piece: pieceOf(bodyId) })),
    fingers: [...box.credentials].map(([handle, u]) => ({ handle, person: person(u) })),
    orders: asked.map(({ row, order }) => ({
      ...{ askId: row.ask_id, kind: order.kind, askedAt: row.asked_at.toISOString() },
      by: order.by.flatMap((one) => person(one) ?? []),
      ...{ piece: pieceOf("seal" in order ? order.seal?.bodyId : undefined), person: person(fingerOf(order)) },
      state:
        row.done_at !== null
          ? ("done" as const)
          : row.state === "signed" && row.exp !== null && row.exp.getTime() <= env.clock.now()
            ? ("over" as const)
            : row.state,
      refusals: ((row.refusals as { list?: Parameters<typeof toRefusalView>[0][] } | null)?.list ?? []).map(
        toRefusalView,
      ),
    })),
    pieces: mayManage
      ? pieces
          .filter(
            ({ custodians, piece }) =>
              custodians.includes(personId) && !box.mounted.some((one) => one.bodyId === piece.bodyId),
          )
          .map(({ piece }) => piece)
      : [],
    people: mayManage ? inEntity.flatMap((one) => person(one) ?? []) : [],
  };
}

const fingerOf = (order: OrderAsked | ResetAsked): string | null =>
  ("finger" in order ? order.finger?.personId : null) ?? null;

async function readPieces(reader: Reader, entityId: string) {
  const rows = await reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.body_id", "b.seal_id", "b.number", "b.state", "s.name_en", "s.name_zh"])
    .where("b.kind", "=", "physical")
    .where("s.entity_id", "=", entityId)
    .orderBy("b.number")
    .execute();
  const held = await readHeldNow(
    reader,
    rows.map((row) => row.body_id),
  );
  return rows.map((row) => ({
    bodyId: row.body_id,
    custodians: row.state === "in-use" ? custodiansOf(held(row.body_id)) : [],
    piece: {
      ...{ bodyId: row.body_id, sealId: row.seal_id, number: row.number },
      name: { en: row.name_en, zh: row.name_zh },
    },
  }));
}
