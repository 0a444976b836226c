import {
  listLifeLine,
  listNextMatters,
  matterDefinition,
  type PieceCondition,
  type SealMatterKind,
  type SealState,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readOpenShortHandovers } from "../custody/short-handovers.ts";
import { readUnderWay as readCustodyUnderWay } from "../custody/under-way.ts";
import { eventsInOrder } from "../ledger/timeline.ts";
import { seesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { readPeople } from "../requests/read-people.ts";
import { readSpecimensShown } from "./specimen.ts";
import { type BodyRow, readBodies } from "./store.ts";
import type { Viewer } from "./visible-seals.ts";

type Page = HandlerAnswer<"GET /v1/seals/:sealId">;
interface Seal {
  readonly sealId: string;
  readonly entityId: string;
  readonly state: string;
  readonly replaces_seal_id: string | null;
}

/** The life of a seal as its page shows it: each body on its line, what comes next, and the seals before and after it. */
export async function readLife(
  env: Environment,
  viewer: Viewer,
  seal: Seal,
): Promise<Pick<Page, "bodies" | "replaces" | "replacedBy" | "next" | "custodyUnderWay">> {
  const bodies = await readBodies(env.db, [seal.sealId]);
  const reached = await readReached(env.db, seal.sealId);
  const due = await readReturnsDue(
    env,
    bodies.map((body) => body.body_id),
  );
  const shown = await readSpecimensShown(
    env.db,
    viewer,
    seal,
    bodies.map((body) => body.body_id),
  );
  const after = await findOther(env.db, "replaces_seal_id", seal.sealId);
  const bodyIds = bodies.map((body) => body.body_id);
  const inCustody = await readCustodyUnderWay(env, viewer.personId, bodyIds);
  const held = new Map(bodyIds.flatMap(inCustody).map((one) => [one.matterId, one]));
  return {
    custodyUnderWay: [...held.values()].map(({ matterId, number, kind }) => ({ matterId, number, kind })),
    bodies: bodies.map((body) => showBody(body, reached, due(body.body_id), shown(body.body_id))),
    replaces: seal.replaces_seal_id === null ? null : await findOther(env.db, "seal_id", seal.replaces_seal_id),
    replacedBy: after,
    next: listNext(viewer, seal, bodies, after !== null, await readUnderWay(env, viewer, seal.sealId)),
  };
}

async function findOther(reader: Reader, column: "seal_id" | "replaces_seal_id", sealId: string) {
  const row = await reader
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh", "state"])
    .where(column, "=", sealId)
    .executeTakeFirst();
  return row
    ? {
        ...{ sealId: row.seal_id, number: row.number, name: { en: row.name_en, zh: row.name_zh } },
        state: row.state as SealState,
      }
    : null;
}

/** When each body reached each state last. */
async function readReached(reader: Reader, sealId: string): Promise<(bodyId: string, state: string) => string | null> {
  const changes = await eventsInOrder(reader)
    .select(["e.at", "e.facts"])
    .where("e.seal_id", "=", sealId)
    .where("e.type", "in", ["SealStateChanged", "OpeningStockEntered"])
    .execute();
  const reached = new Map(changes.map(({ at, facts }) => [`${facts.body} ${facts.to}`, at.toISOString()]));
  return (bodyId, state) => reached.get(`${bodyId} ${state}`) ?? null;
}

/** Which pieces are away for a while, and until when: by a short handover or a take-out. */
async function readReturnsDue(env: Environment, bodyIds: readonly string[]): Promise<(bodyId: string) => ReturnDue> {
  const short = await readOpenShortHandovers(env.db, bodyIds);
  const away = await env.db
    .selectFrom("take_outs")
    .select(["body_id", "due_at"])
    .where("body_id", "in", bodyIds.length > 0 ? [...bodyIds] : [""])
    .where("ended_at", "is", null)
    .execute();
  const person = await readPeople(
    env.db,
    short.map((row) => row.deputy_id),
  );
  const show = (from: "short-handover" | "take-out", dueAt: Date, deputyId: string | null) => ({
    ...{ from, dueAt: dueAt.toISOString(), overdue: dueAt.getTime() < env.clock.now(), deputy: person(deputyId) },
  });
  return (bodyId) => {
    const out = away.find((row) => row.body_id === bodyId);
    if (out) return show("take-out", out.due_at, null);
    const bridged = short.find((row) => row.body_ids.includes(bodyId));
    return bridged ? show("short-handover", bridged.due_at, bridged.deputy_id) : null;
  };
}
type ReturnDue = Page["bodies"][number]["returnDue"];

function showBody(
  body: BodyRow,
  reached: (bodyId: string, state: string) => string | null,
  returnDue: ReturnDue,
  readsSpecimen: boolean,
): Page["bodies"][number] {
  const line = listLifeLine(body.kind, body.state);
  const now = line.indexOf(body.state);
  return {
    bodyId: body.body_id,
    number: body.number,
    kind: body.kind,
    state: body.state,
    material: body.material,
    madeBy: body.made_by,
    filingNumber: body.filing_number,
    filedOn: body.filed_on,
    specimenShown: readsSpecimen && body.specimen_digest !== null,
    ...{ engravedOn: body.engraved_on, remark: body.remark, toConfirm: body.to_confirm, goesInUse: body.goes_in_use },
    condition: body.condition as PieceCondition | null,
    returnDue,
    life: line.map((state, at) => ({
      state,
      // A step beyond today's was left again (resumed, found) and lies ahead once more.
      at: at <= now ? reached(body.body_id, state) : null,
      current: at === now,
    })),
  };
}

const overStates: readonly string[] = ["stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "void", "lost"];

type UnderWay = Page["next"][number]["underWay"][number] & { readonly kind: string };

/** Matters of the seal that are asked for and not over; one the viewer may not read is not told of. */
async function readUnderWay(env: Environment, viewer: Viewer, sealId: string): Promise<UnderWay[]> {
  const rows = await env.db
    .selectFrom("matters")
    .select("matter_id")
    .where("seal_id", "=", sealId)
    .where("state", "in", ["in-review", "approved"])
    .orderBy("matter_id")
    .execute();
  const found: UnderWay[] = [];
  for (const { matter_id: matterId } of rows) {
    const row = await getMatter(env.db, matterId);
    if (row.number === null || !(await seesMatter(env.db, viewer.personId, row, env.clock.now()))) continue;
    found.push({ matterId, number: row.number, kind: row.kind, bodyIds: bodiesOf(row.data) });
  }
  return found;
}

/** The bodies that a matter of a seal's life names. */
function bodiesOf(data: Readonly<Record<string, unknown>>): string[] {
  const named: readonly unknown[] = Array.isArray(data.bodyIds) ? data.bodyIds : [data.bodyId];
  return named.filter((one): one is string => typeof one === "string");
}

function listNext(
  viewer: Viewer,
  seal: Seal,
  bodies: readonly BodyRow[],
  replaced: boolean,
  underWay: readonly UnderWay[],
): Page["next"] {
  const ofBodies = new Map<SealMatterKind, string[]>();
  const first = new Set<SealMatterKind>();
  for (const body of bodies)
    for (const [at, kind] of listNextMatters(body.kind, body.state).entries()) {
      // A stock-take confirms it first; its page says so beside its life.
      if (body.to_confirm && (kind === "issue" || kind === "resume")) continue;
      // It was approved for use, and goes in use by itself once its people have confirmed their positions.
      if (body.goes_in_use && kind === "issue") continue;
      ofBodies.set(kind, [...(ofBodies.get(kind) ?? []), body.body_id]);
      // A seal that is used needs no next step; one on its way does.
      if (at === 0 && !["in-use", "in-handover", "taken-out", "frozen"].includes(body.state)) first.add(kind);
    }
  const electronic = bodies.find((body) => body.kind === "electronic" && body.state !== "cancelled");
  const ofSeal: SealMatterKind[] = [
    ...(electronic ? (["renew-certificate", "revoke-certificate"] as const) : []),
    ...(overStates.includes(seal.state) ? [] : (["add-body", "enter-piece"] as const)),
    ...(replaced ? [] : (["replace"] as const)),
  ];
  const show = (kind: SealMatterKind, bodyIds: string[]): Page["next"][number] => {
    const { name, askedBy } = matterDefinition(kind);
    const roles: readonly string[] = askedBy;
    const mayAsk = viewer.grants.some(
      (grant) =>
        roles.includes(grant.role) &&
        grant.entityId === seal.entityId &&
        (grant.scope.kind !== "seal" || grant.scope.id === seal.sealId),
    );
    const open = underWay.flatMap(({ kind: its, ...one }) => (its === kind ? [one] : []));
    return { kind, name, bodyIds, mayAsk, first: first.has(kind), underWay: open };
  };
  return [...[...ofBodies].map(([kind, ids]) => show(kind, ids)), ...ofSeal.map((kind) => show(kind, []))].toSorted(
    (a, b) => Number(b.first) - Number(a.first),
  );
}
