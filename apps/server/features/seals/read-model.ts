import { findSealDuty, type Grant, holdersFor, type Role, type SealState, type SealType } from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import type { StoredFace } from "./face.ts";
import { readLife } from "./read-life.ts";
import { custodyEndedAt, readSealCustodians } from "./seal-custodians.ts";
import {
  bodyOfSeal,
  certificateStateAt,
  custodyUnconfirmed,
  lossClock,
  lossDue,
  newestCertificate,
  returnOverdueAt,
} from "./seal-rows.ts";
import { readKinds, type SealTypeNow } from "./seal-types.ts";
import { decideForBodies, needsPresence, permissionOfAct } from "./service.ts";
import { readBodies } from "./store.ts";
import { mayActOn, maySee, readViewer, type Viewer } from "./visible-seals.ts";

type Summary = HandlerAnswer<"GET /v1/seals">["items"][number];
type Page = HandlerAnswer<"GET /v1/seals/:sealId">;
type Person = (id: string) => PersonRefView | null;

/** Summaries of these seals by entity and number, for views whose reader may see them by another right (a request that uses them). */
export async function readSealSummaries(
  reader: Reader,
  env: Environment,
  sealIds: readonly string[],
): Promise<Summary[]> {
  if (sealIds.length === 0) return [];
  const rows = await readRows(reader, sealIds, env.clock.now());
  const scopeIds = [...new Set(rows.flatMap(({ sealId, entityId }) => [sealId, entityId]))];
  const grants = await readGrants(reader, { scopeIds, named: true });
  const person = await readHolders(reader, grants);
  // A holder's grant names the seal or its entity; the seals of a page do not each look through all grants.
  const scoped = Map.groupBy(grants, ({ scope }) => scope.id);
  const about = (seal: SealRow): Grant[] => [seal.sealId, seal.entityId].flatMap((id) => scoped.get(id) ?? []);
  const kindOf = await readKinds(reader, rows);
  const custodians = await readSealCustodians(reader, sealIds, env.clock.now());
  return rows.map((seal) => toSummary(env, seal, custodians(seal.sealId), about(seal), person, kindOf(seal)));
}

/** The page of one seal; a seal the person may not see is not there. */
export async function getSeal(env: Environment, personId: string, sealId: string): Promise<Page> {
  const viewer = await readViewer(env.db, personId, env.clock.now());
  const [seal] = await readRows(env.db, [sealId], env.clock.now());
  if (!seal || !maySee(viewer, seal)) throw problems.notFound();
  const grants = await readGrants(env.db, { entityId: seal.entityId, named: true });
  const person = await readHolders(env.db, grants);
  const timeline = await readTimeline(env.db, { sealId });
  const uses = await env.db
    .selectFrom("impressions")
    .select((eb) => [
      eb.fn.countAll<string>().filterWhere("state", "=", "settled").as("settled"),
      eb.fn.countAll<string>().filterWhere("state", "in", ["reserved", "sealed"]).as("reserved"),
    ])
    .where("seal_id", "=", sealId)
    .executeTakeFirstOrThrow();
  const custodians = await readSealCustodians(env.db, [sealId], env.clock.now());
  const named = (role: Role): PersonRefView[] => nameHolders(env, seal, grants, role, person);
  const confirmed = await readGrants(env.db, { entityId: seal.entityId });
  const unconfirmed = (["custodian", "supervisor", "signatory", "certificate-keeper"] as const).flatMap((role) => {
    const inForce = new Set(nameHolders(env, seal, confirmed, role, person).map((one) => one.personId));
    return named(role).flatMap(({ personId }) => (inForce.has(personId) ? [] : [{ role, personId }]));
  });
  return {
    ...toSummary(env, seal, custodians(sealId), grants, person, (await readKinds(env.db, [seal]))(seal)),
    signatories: named("signatory"),
    certificateKeepers: named("certificate-keeper"),
    unconfirmed,
    registeredAt: seal.registered_at.toISOString(),
    certificate: seal.serial
      ? {
          subject: seal.subject ?? "",
          serial: seal.serial,
          notBefore: (seal.not_before ?? seal.registered_at).toISOString(),
          notAfter: (seal.not_after ?? seal.registered_at).toISOString(),
          sha256: seal.sha256 ?? "",
          algorithm: seal.algorithm ?? "",
        }
      : null,
    uses: { settled: Number(uses.settled), reserved: Number(uses.reserved) },
    frozenReason: seal.frozen_reason,
    typeVersion: seal.type_version,
    ...(await readLife(env, viewer, seal)),
    actions: await listActions(env, viewer, seal),
    timeline,
  };
}

/** The face of a seal the person may see, with its name as title. */
export async function getFace(
  env: Environment,
  personId: string,
  sealId: string,
): Promise<{ face: StoredFace; title: string }> {
  await requireVisible(env, personId, sealId);
  const row = await env.db
    .selectFrom("seals")
    .select(["face", "name_zh", "name_en"])
    .where("seal_id", "=", sealId)
    .executeTakeFirstOrThrow();
  return { face: row.face as unknown as StoredFace, title: `${row.name_zh} / ${row.name_en}` };
}

/** The seal's newest certificate, DER; throws the problem `subject.not-found`. */
export async function getSealCertificate(env: Environment, personId: string, sealId: string): Promise<Uint8Array> {
  await requireVisible(env, personId, sealId);
  const row = await env.db
    .selectFrom("certificates")
    .select("der")
    .where("seal_id", "=", sealId)
    .orderBy("nr", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return row.der;
}

/** Throws the problem `subject.not-found` unless the person may see the seal. */
export async function requireVisible(env: Environment, personId: string, sealId: string): Promise<void> {
  const viewer = await readViewer(env.db, personId, env.clock.now());
  const seal = await env.db.selectFrom("seals").select("entity_id").where("seal_id", "=", sealId).executeTakeFirst();
  if (!seal || !maySee(viewer, { sealId, entityId: seal.entity_id })) throw problems.notFound();
}

function readRows(reader: Reader, sealIds: readonly string[], now: number) {
  return reader
    .selectFrom("seals as s")
    .innerJoin("entities as e", "e.entity_id", "s.entity_id")
    .leftJoin("units as u", "u.unit_id", "s.unit_id")
    .leftJoin("seal_keys as k", "k.seal_id", "s.seal_id")
    .leftJoinLateral(newestCertificate, (join) => join.onTrue())
    .select([
      "s.seal_id as sealId",
      "s.entity_id as entityId",
      "s.seal_id",
      "s.entity_id",
      "s.number",
      "s.type",
      "s.name_en",
      "s.name_zh",
      "s.external",
      "s.important",
      "s.state",
      "s.frozen_reason",
      "s.face_shape",
      "s.width_mm",
      "s.height_mm",
      "s.registered_at",
      "s.type_version",
      "s.kind_id",
      "s.replaces_seal_id",
      bodyOfSeal.as("body"),
      sql<boolean>`exists (select from seal_bodies b where b.seal_id = s.seal_id and b.to_confirm)`.as("to_confirm"),
      sql<boolean>`exists (select from seal_bodies b where b.seal_id = s.seal_id and b.goes_in_use)`.as("goes_in_use"),
      "e.name_en as entity_en",
      "e.name_zh as entity_zh",
      "e.code",
      "e.time_zone",
      "u.unit_id",
      "u.name_en as unit_en",
      "u.name_zh as unit_zh",
      "k.algorithm",
      "k.destroyed_at",
      "c.serial",
      "c.subject",
      "c.sha256",
      "c.not_before",
      "c.not_after",
      certificateStateAt(now).as("certificate_state"),
      returnOverdueAt(now).as("return_overdue"),
      custodyUnconfirmed.as("custody_unconfirmed"),
      lossClock.as("loss_clock"),
      lossDue.as("loss_due"),
      custodyEndedAt.as("custody_ended_at"),
    ])
    .where("s.seal_id", "in", [...sealIds])
    .orderBy("e.code")
    .orderBy("s.number")
    .execute();
}
type SealRow = Awaited<ReturnType<typeof readRows>>[number];

async function readHolders(reader: Reader, grants: readonly Grant[]): Promise<Person> {
  return readPeople(
    reader,
    grants.map((grant) => grant.personId),
  );
}

function nameHolders(
  env: Environment,
  seal: SealRow,
  grants: readonly Grant[],
  role: Role,
  person: Person,
): PersonRefView[] {
  return holdersFor(grants, role, seal, dayIn(seal.time_zone, env.clock.now())).flatMap((id) => person(id) ?? []);
}

function toSummary(
  env: Environment,
  seal: SealRow,
  custodians: PersonRefView[],
  grants: readonly Grant[],
  person: Person,
  kind: SealTypeNow,
): Summary {
  const now = env.clock.now();
  return {
    sealId: seal.sealId,
    number: seal.number,
    type: seal.type as SealType,
    kindId: kind.kindId,
    kindName: kind.name,
    name: { en: seal.name_en, zh: seal.name_zh },
    entity: { entityId: seal.entityId, name: { en: seal.entity_en, zh: seal.entity_zh }, code: seal.code },
    unit: seal.unit_id ? { unitId: seal.unit_id, name: { en: seal.unit_en ?? "", zh: seal.unit_zh ?? "" } } : null,
    state: seal.state as SealState,
    important: seal.important,
    ...(seal.to_confirm ? { toConfirm: true } : {}),
    external: seal.external,
    body: seal.body ?? "electronic",
    faceShape: seal.face_shape,
    widthMm: seal.width_mm,
    heightMm: seal.height_mm,
    custodians,
    custodyEndedAt: seal.custody_ended_at?.toISOString() ?? null,
    supervisors: nameHolders(env, seal, grants, "supervisor", person),
    certificateState: seal.certificate_state,
    certificateUntil: seal.not_after?.toISOString() ?? null,
    lossDue: seal.loss_due?.toISOString() ?? null,
    nextDuty: findSealDuty(
      seal.state as SealState,
      seal.certificate_state,
      seal.not_after !== null && dayIn(seal.time_zone, seal.not_after.getTime()) <= dayIn(seal.time_zone, now),
      {
        ...{ toConfirm: seal.to_confirm, electronic: seal.body !== "physical" },
        ...{ returnOverdue: seal.return_overdue, custodyUnconfirmed: seal.custody_unconfirmed },
        goesInUse: seal.goes_in_use,
        loss:
          seal.loss_clock === null
            ? null
            : { duty: seal.loss_clock, overdue: seal.loss_due !== null && seal.loss_due.getTime() < now },
      },
    ),
    keyPlace: seal.algorithm && !seal.destroyed_at ? "software" : "none",
  };
}

async function listActions(env: Environment, viewer: Viewer, seal: SealRow): Promise<Page["actions"]> {
  const actions: Page["actions"] = [];
  const pieces = await readBodies(env.db, [seal.sealId]);
  for (const act of ["freeze", "unfreeze", "report-loss"] as const) {
    const lossOfNone = act === "report-loss" && !pieces.some((body) => body.kind === "physical");
    if (lossOfNone) continue;
    const permission = act === "report-loss" ? "seal.freeze" : permissionOfAct[act];
    const decided = await decideForBodies(env.db, env, seal, act, viewer.personId);
    const refusals = decided.ok ? [] : decided.refusals.map(toRefusalView);
    if (!mayActOn(viewer, seal, permission)) {
      const { code, sentence } = problems.notPermitted(permission);
      refusals.unshift({ code, rule: null, sentence, wayOut: null, facts: { permission } });
    }
    actions.push({
      act,
      allowed: refusals.length === 0,
      needsPresence: act !== "report-loss" && needsPresence(act, seal.important),
      refusals,
    });
  }
  return actions;
}
