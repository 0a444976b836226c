import { listLifeLine, listNextMatters, matterDefinition, type SealMatterKind, type SealState } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
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
): Promise<Pick<Page, "bodies" | "replaces" | "replacedBy" | "next">> {
  const bodies = await readBodies(env.db, [seal.sealId]);
  const reached = await readReached(env.db, seal.sealId);
  const after = await findOther(env.db, "replaces_seal_id", seal.sealId);
  return {
    bodies: bodies.map((body) => showBody(body, reached)),
    replaces: seal.replaces_seal_id === null ? null : await findOther(env.db, "seal_id", seal.replaces_seal_id),
    replacedBy: after,
    next: listNext(viewer, seal, bodies, after !== null),
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
  const changes = await reader
    .selectFrom("events")
    .select(["at", "facts"])
    .where("seal_id", "=", sealId)
    .where("type", "in", ["SealStateChanged", "OpeningStockEntered"])
    .orderBy("at")
    .orderBy("event_id")
    .execute();
  const reached = new Map(changes.map(({ at, facts }) => [`${facts.body} ${facts.to}`, at.toISOString()]));
  return (bodyId, state) => reached.get(`${bodyId} ${state}`) ?? null;
}

function showBody(body: BodyRow, reached: (bodyId: string, state: string) => string | null): Page["bodies"][number] {
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
    hasSpecimen: body.specimen_digest !== null,
    ...{ engravedOn: body.engraved_on, remark: body.remark, toConfirm: body.to_confirm },
    life: line.map((state, at) => ({
      state,
      // A step beyond today's was left again (resumed, found) and lies ahead once more.
      at: at <= now ? reached(body.body_id, state) : null,
      current: at === now,
    })),
  };
}

const overStates: readonly string[] = ["stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "void", "lost"];

function listNext(viewer: Viewer, seal: Seal, bodies: readonly BodyRow[], replaced: boolean): Page["next"] {
  const ofBodies = new Map<SealMatterKind, string[]>();
  const first = new Set<SealMatterKind>();
  for (const body of bodies)
    for (const [at, kind] of listNextMatters(body.kind, body.state).entries()) {
      // A stock-take confirms it first; its page says so beside its life.
      if (body.to_confirm && (kind === "issue" || kind === "resume")) continue;
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
    return { kind, name, bodyIds, mayAsk, first: first.has(kind) };
  };
  return [...[...ofBodies].map(([kind, ids]) => show(kind, ids)), ...ofSeal.map((kind) => show(kind, []))].toSorted(
    (a, b) => Number(b.first) - Number(a.first),
  );
}
