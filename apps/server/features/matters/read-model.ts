import {
  type MatterKind,
  type MatterState,
  matterDefinition,
  mayTakeOut,
  type Role,
  stockMatters,
  takesEvidence,
} from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readHandedOver } from "../custody/handed-over.ts";
import { readTakeOutOfMatter } from "../custody/take-out-of-matter.ts";
import { showEvidence } from "../evidence/service.ts";
import { readFormsOfMatter } from "../forms/forms-of-matter.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { readPeople } from "../requests/read-people.ts";
import { showNamed } from "../rules/running-requests.ts";
import { listTasksOf } from "../tasks/read-model.ts";
import { listMissing, mayCarryOut } from "./carry-out-matter.ts";
import { listCandidates } from "./decide-matter.ts";
import { readReachOverMatters, requireSeesMatter } from "./may-see.ts";
import { readTouched } from "./read-touched.ts";
import { getMatter, readConfirmations, readMatterEvidence, readSteps, standingOf } from "./store.ts";
import { listToConfirm } from "./to-confirm.ts";

export type MatterSummary = HandlerAnswer<"GET /v1/matters">["items"][number];
type MatterDetail = HandlerAnswer<"GET /v1/matters/:matterId">;
const pageSize = 50;

const waitingFor = (reader: Reader, personId: string) =>
  reader
    .selectFrom("matter_steps as s")
    .select("s.matter_id")
    .where("s.state", "=", "current")
    .where((eb) => eb(eb.val(personId), "=", eb.fn.any("s.candidates")));

/** How many matters wait for a person: for his decision, or for the part he is named to confirm. */
export async function countWaitingMatters(env: Environment, personId: string): Promise<number> {
  const { count } = await env.db
    .selectFrom("matters as m")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("m.state", "=", "in-review")
    .where("m.matter_id", "in", waitingFor(env.db, personId))
    .executeTakeFirstOrThrow();
  return Number(count) + (await listToConfirm(env.db, env, personId)).length;
}

/** Lists matters the person may see, newest change first; `waiting` are those he decides or confirms now. */
export async function listMatters(
  env: Environment,
  personId: string,
  query: RouteInput<"GET /v1/matters">["query"],
): Promise<{ items: MatterSummary[]; next: string | null }> {
  const { watched, held } = await readReachOverMatters(env.db, personId, env.clock.now());
  const toConfirm = (await listToConfirm(env.db, env, personId)).map((row) => row.matter_id);
  let select = env.db
    .selectFrom("matters as m")
    .select(["m.matter_id", "m.updated_at"])
    .orderBy("m.updated_at", "desc")
    .orderBy("m.matter_id", "desc")
    .limit(pageSize + 1);
  if (query.view === "waiting")
    select = select.where((eb) =>
      eb.or([
        eb.and([eb("m.state", "=", "in-review"), eb("m.matter_id", "in", waitingFor(env.db, personId))]),
        eb("m.matter_id", "in", ["", ...toConfirm]),
      ]),
    );
  if (query.view === "mine") select = select.where("m.asked_by", "=", personId);
  if (query.view === "all")
    select = select.where((eb) =>
      eb.or([
        eb("m.asked_by", "=", personId),
        eb.and([
          eb("m.number", "is not", null),
          eb.or([
            eb("m.person_id", "=", personId),
            ...(watched.length > 0 ? [eb("m.entity_id", "in", watched)] : []),
            ...(held.length > 0 ? [eb("m.seal_id", "in", held)] : []),
            // Kinds name further people in their data: who receives, who witnesses, who is sent along.
            sql<boolean>`position(${`"${personId}"`} in m.data::text) > 0`,
            eb(
              "m.matter_id",
              "in",
              env.db.selectFrom("matter_confirmations").select("matter_id").where("person_id", "=", personId),
            ),
            eb(
              "m.matter_id",
              "in",
              env.db
                .selectFrom("matter_steps as s")
                .select("s.matter_id")
                .where((inner) =>
                  inner.or([
                    inner("s.decided_by", "=", personId),
                    inner(inner.val(personId), "=", inner.fn.any("s.candidates")),
                  ]),
                ),
            ),
          ]),
        ]),
      ]),
    );
  if (query.state) select = select.where("m.state", "=", query.state);
  if (query.kind) select = select.where("m.kind", "=", query.kind);
  if (query.sealId) select = select.where("m.seal_id", "=", query.sealId);
  if (query.personId) select = select.where("m.person_id", "=", query.personId);
  if (query.search) {
    const pattern = `%${query.search.replace(/[\\%_]/g, "\\$&")}%`;
    select = select.where((eb) => eb.or([eb("m.title", "ilike", pattern), eb("m.number", "ilike", pattern)]));
  }
  const [time, id] = (query.after ?? "").split("_mat_");
  if (time && id)
    select = select.where((eb) =>
      eb(eb.refTuple("m.updated_at", "m.matter_id"), "<", eb.tuple(new Date(Number(time)), `mat_${id}`)),
    );
  const rows = await select.execute();
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return {
    items: await summariseMatters(
      env.db,
      personId,
      page.map((row) => row.matter_id),
      toConfirm,
    ),
    next: rows.length > pageSize && last ? `${last.updated_at.getTime()}_${last.matter_id}` : null,
  };
}

/** The summaries of these matters, in this order; `toConfirm` are those the reader is named to confirm. */
async function summariseMatters(
  reader: Reader,
  personId: string,
  matterIds: readonly string[],
  toConfirm: readonly string[],
): Promise<MatterSummary[]> {
  if (matterIds.length === 0) return [];
  const rows = await reader
    .selectFrom("matters as m")
    .innerJoin("entities as e", "e.entity_id", "m.entity_id")
    .leftJoin("seals as s", "s.seal_id", "m.seal_id")
    .selectAll("m")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code"])
    .select(["s.number as seal_number", "s.name_en as seal_en", "s.name_zh as seal_zh"])
    .where("m.matter_id", "in", matterIds)
    .execute();
  const steps = await reader
    .selectFrom("matter_steps")
    .select(["matter_id", "candidates"])
    .where("matter_id", "in", matterIds)
    .where("state", "=", "current")
    .execute();
  const person = await readPeople(reader, [
    ...rows.flatMap((row) => [row.asked_by, row.person_id]),
    ...steps.flatMap((step) => step.candidates),
  ]);
  const summaries = rows.map((row): MatterSummary => {
    const waiting = steps.filter((step) => step.matter_id === row.matter_id).flatMap((step) => step.candidates);
    return {
      matterId: row.matter_id,
      number: row.number,
      kind: row.kind as MatterKind,
      kindName: matterDefinition(row.kind as MatterKind).name,
      state: row.state as MatterState,
      title: row.title,
      entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
      seal: row.seal_id
        ? {
            sealId: row.seal_id,
            number: row.seal_number ?? "",
            name: { en: row.seal_en ?? "", zh: row.seal_zh ?? "" },
          }
        : null,
      person: person(row.person_id),
      askedBy: person(row.asked_by),
      waitingFor: waiting.flatMap((id) => person(id) ?? []),
      waitsForMe: waiting.includes(personId) ? "decide" : toConfirm.includes(row.matter_id) ? "confirm" : null,
      effectiveOn: row.effective_on,
      updatedAt: row.updated_at.toISOString(),
      submittedAt: row.submitted_at?.toISOString() ?? null,
    };
  });
  return matterIds.flatMap((id) => summaries.find((one) => one.matterId === id) ?? []);
}

/** One matter, whole, with what the reader may do now. */
export async function readMatterDetail(env: Environment, personId: string, matterId: string): Promise<MatterDetail> {
  const row = await getMatter(env.db, matterId);
  await requireSeesMatter(env.db, personId, row, env.clock.now());
  const [summary] = await summariseMatters(
    env.db,
    personId,
    [matterId],
    (await listToConfirm(env.db, env, personId)).map((one) => one.matter_id),
  );
  if (!summary) throw new Error("a matter has no summary");
  const definition = matterDefinition(row.kind);
  const steps = await readSteps(env.db, row);
  const files = await readMatterEvidence(env.db, matterId);
  const confirmed = await readConfirmations(env.db, matterId);
  const candidatesOf = new Map<string, readonly string[] | null>();
  for (const { part } of definition.confirmations)
    candidatesOf.set(part, (await listCandidates(env.db, env, row, part)) ?? null);
  const person = await readPeople(env.db, [
    ...steps.flatMap((step) => [step.decided_by, ...step.candidates]),
    ...files.map((file) => file.uploaded_by),
    ...confirmed.map((one) => one.person_id),
    ...[...candidatesOf.values()].flatMap((ids) => ids ?? []),
  ]);
  const missing = row.state === "approved" ? await listMissing(env.db, row) : [];
  const own = row.asked_by === personId;
  const current = steps.find((step) => step.state === "current");
  const decides = row.state === "in-review" && current?.candidates.includes(personId) === true && !own;
  const part = confirmed.find((one) => one.person_id === personId);
  const mayConfirm =
    row.state !== "approved" || part
      ? []
      : definition.confirmations
          .filter(({ part: name, count }) => {
            const candidates = candidatesOf.get(name) ?? null;
            const open = confirmed.filter((one) => one.part === name && one.digest === row.digest).length < count;
            return open && (candidates === null || candidates.includes(personId));
          })
          .map((one) => one.part);
  const editable = own && ["draft", "returned", "withdrawn"].includes(row.state);
  const actions: MatterDetail["actions"] = [
    ...(editable ? (["edit", "submit"] as const) : []),
    ...(decides ? (["approve", "reject", "return"] as const) : []),
    ...(own && ["in-review", "returned"].includes(row.state) ? (["withdraw"] as const) : []),
    ...(own && ["draft", "returned", "withdrawn", "approved"].includes(row.state) ? (["cancel"] as const) : []),
    ...(mayConfirm.length > 0 ? (["confirm"] as const) : []),
    ...(row.state === "approved" && missing.length === 0 && (await mayCarryOut(env.db, env, personId, row))
      ? (["carry-out"] as const)
      : []),
  ];
  return {
    ...summary,
    reason: row.reason,
    unitId: row.unit_id,
    data: row.data,
    forms: await readFormsOfMatter(env.db, row),
    handedOver: await readHandedOver(env.db, row),
    takeOut: await readTakeOutOfMatter(env.db, env, row),
    touched: await readTouched(env.db, row),
    runningRequests: await showNamed(env, personId, row),
    digest: row.digest,
    decidedByOthers: definition.steps.length > 0,
    steps: steps.map((step) => ({
      stepId: step.step_id,
      role: step.role as Role,
      presence: step.presence,
      state: step.state,
      candidates: step.candidates.flatMap((id) => person(id) ?? []),
      decidedBy: person(step.decided_by),
      decidedAt: step.decided_at?.toISOString() ?? null,
      comment: step.comment,
      method: step.method,
    })),
    evidence: definition.evidence.map((slot) => ({
      ...slot,
      neededBy: definition.confirmations.find((one) => one.part === slot.neededBy)?.name ?? null,
      open: takesEvidence(slot.needed, row.state as MatterState, definition),
      files: files
        .filter((file) => file.slot === slot.slot)
        .map((file) => showEvidence(file, person(file.uploaded_by))),
      removable: files
        .filter((file) => file.slot === slot.slot && own)
        .filter((file) => mayTakeOut({ addedAt: file.added_at.getTime() }, standingOf(row)))
        .map((file) => file.evidence_id),
    })),
    confirmations: definition.confirmations.map(({ part: name, name: title, count }) => ({
      part: name,
      name: title,
      count,
      candidates: (candidatesOf.get(name) ?? []).flatMap((id) => person(id) ?? []),
      confirmed: confirmed
        .filter((one) => one.part === name && one.digest === row.digest)
        .flatMap((one) => {
          const who = person(one.person_id);
          return who ? [{ person: who, at: one.confirmed_at.toISOString(), method: one.method }] : [];
        }),
    })),
    missing: missing.map(toRefusalView),
    actions,
    mayConfirm,
    tasks: await listTasksOf(env, personId, { matterId }),
    timeline: await readTimeline(env.db, { matterId, own: row.kind in stockMatters }),
  };
}
