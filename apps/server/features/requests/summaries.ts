import type { RouteAnswer } from "@chancery/api/client";
import {
  COUNTERPARTY_KINDS,
  type DocumentClassId,
  findFreeHolders,
  findSealingHolders,
  findSealingTurn,
  findStandingActs,
  hasAgreed,
  type LimitOutput,
  listTakenDuties,
  overdueSince,
  type Profile,
  preferPresent,
  type SealUseRequestState,
  type StepKind,
  withoutBiasedDelegations,
  withoutOtherSide,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { maskSummary } from "../confidential/mask-summary.ts";
import { readOtherSide } from "../joint/engaged.ts";
import { loadJoint } from "../joint/joint-rows.ts";
import { readJointInList } from "../joint/read-model.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { readDays, readGrants } from "../organisation/read-grants.ts";
import { askedNow } from "../organisation/still-here.ts";
import { readKeeping } from "../stamping/bodies-of-use.ts";
import { readStampingTurns } from "../stamping/turns.ts";
import { readDecidingAmounts } from "./deciding-amount.ts";
import { copiesOf } from "./list-places.ts";
import { listStanding } from "./load-request.ts";
import { mayKnow, maySee } from "./may-see.ts";
import { addQuick } from "./quick-decision.ts";
import { type PersonRefView, readPeople } from "./read-people.ts";

export type Summary = RouteAnswer<"GET /v1/seal-use-requests">["items"][number];
export type ListQuery = {
  view: "mine" | "waiting" | "decided" | "copied" | "custody" | "all";
  state?: SealUseRequestState | undefined;
  sealId?: string | undefined;
  search?: string | undefined;
  after?: string | undefined;
};

const pageSize = 50;

/**
 * Lists requests the person may see, newest change first. `waiting` are those that wait for him now. A confidential one that
 * he does not read is masked, and found by its number alone.
 */
export async function listSummaries(
  env: Environment,
  personId: string,
  query: ListQuery,
): Promise<{ items: Summary[]; next: string | null }> {
  let select = env.db
    .selectFrom("seal_use_requests as r")
    .select(["r.request_id", "r.updated_at"])
    .select((eb) => maySee(personId, env.clock.now())(eb as never).as("opens"))
    .where(mayKnow(personId, env.clock.now()))
    // Both sides of a joint draft are one draft, gone on with on its first side.
    .where((eb) => eb.or([eb("r.number", "is not", null), eb("r.joint_side", "is distinct from", 2)]))
    .orderBy("r.updated_at", "desc")
    .orderBy("r.request_id", "desc");
  if (query.view === "mine")
    select = select.where((eb) => eb.or([eb("r.applicant_id", "=", personId), eb("r.handler_id", "=", personId)]));
  if (query.view === "waiting")
    select = select
      .where((eb) =>
        eb.or([
          eb("r.state", "in", ["in-review", "authorised"]),
          eb.and([eb("r.use_mode", "=", "by-hand"), eb("r.state", "in", ["opened", "closed"])]),
        ]),
      )
      .limit(500);
  if (query.view === "decided")
    select = select.where((eb) =>
      eb.exists(
        eb
          .selectFrom("request_steps as st")
          .select("st.step_id")
          .whereRef("st.request_id", "=", "r.request_id")
          .where("st.decided_by", "=", personId),
      ),
    );
  if (query.view === "copied")
    select = select.where((eb) =>
      eb.exists(
        eb
          .selectFrom("request_copies as c")
          .select("c.person_id")
          .whereRef("c.request_id", "=", "r.request_id")
          .where("c.person_id", "=", personId),
      ),
    );
  if (query.view === "custody")
    select = select.where("r.state", "in", ["authorised", "opened", "closed", "registered"]);
  if (query.state) select = select.where("r.state", "=", query.state);
  if (query.sealId) {
    const like = `%${query.sealId}%`;
    select = select.where((eb) =>
      eb.exists(
        eb
          .selectFrom("request_documents as rd")
          .select("rd.document_id")
          .whereRef("rd.request_id", "=", "r.request_id")
          .where((inner) => inner(inner.cast<string>("rd.placements", "text"), "like", like)),
      ),
    );
  }
  if (query.search) {
    const like = `%${query.search.replace(/[\\%_]/g, "\\$&")}%`;
    select = select.where((eb) =>
      eb.or([
        eb("r.number", "ilike", like),
        eb.and([
          maySee(personId, env.clock.now())(eb as never),
          eb.or([eb("r.title", "ilike", like), eb("r.counterparty", "ilike", like)]),
        ]),
      ]),
    );
  }
  const after = query.after ? /^(\d+)_(req_[0-9a-f-]{36})$/.exec(query.after) : null;
  if (after) {
    const at = new Date(Number(after[1]));
    select = select.where((eb) =>
      eb.or([
        eb("r.updated_at", "<", at),
        eb.and([eb("r.updated_at", "=", at), eb("r.request_id", "<", after[2] ?? "")]),
      ]),
    );
  }
  const ids = await (query.view === "waiting" ? select : select.limit(pageSize + 1)).execute();
  const page = query.view === "waiting" ? ids : ids.slice(0, pageSize);
  const masked = new Set(page.flatMap((row) => (row.opens ? [] : [row.request_id])));
  const whole = await summarise(
    env.db,
    env,
    page.map((row) => row.request_id),
  );
  const summaries = whole.map((one) => (masked.has(one.requestId) ? maskSummary(one) : one));
  const items =
    query.view === "waiting"
      ? await addQuick(
          env,
          personId,
          sortOverdueFirst(summaries.filter((item) => item.waitingFor.some((one) => one.personId === personId))),
        )
      : summaries;
  const last = page.at(-1);
  return {
    items,
    next:
      query.view !== "waiting" && ids.length > pageSize && last
        ? `${last.updated_at.getTime()}_${last.request_id}`
        : null,
  };
}

/** For what a request waits, and for whom. */
interface Waiting {
  readonly kind: Summary["waitingKind"];
  readonly title?: Summary["waitingTitle"];
  readonly people: readonly string[];
  readonly overdue?: number | null;
}

/** What is overdue longest first, then the others as they were. */
const sortOverdueFirst = (items: readonly Summary[]): Summary[] => items.toSorted((a, b) => lateTime(a) - lateTime(b));
const lateTime = ({ overdueSince: since }: Summary): number => (since === null ? Number.MAX_VALUE : Date.parse(since));

/** Since when the step that waits longest is overdue. */
function firstOverdue(steps: readonly { state: string; due_at: Date | null }[], now: number): number | null {
  const late = steps.flatMap(
    (step) => overdueSince({ state: step.state, dueAt: step.due_at?.getTime() ?? null }, now) ?? [],
  );
  return late.length > 0 ? Math.min(...late) : null;
}

/** The summaries of these requests, in this order. */
export async function summarise(reader: Reader, env: Environment, requestIds: readonly string[]): Promise<Summary[]> {
  if (requestIds.length === 0) return [];
  const rows = await reader
    .selectFrom("seal_use_requests as r")
    .leftJoin("entities as e", "e.entity_id", "r.entity_id")
    .leftJoin("units as u", "u.unit_id", "r.unit_id")
    .selectAll("r")
    .select([
      "e.name_en as entity_en",
      "e.name_zh as entity_zh",
      "e.code",
      "u.name_en as unit_en",
      "u.name_zh as unit_zh",
    ])
    .where("r.request_id", "in", requestIds)
    .execute();
  const documents = await reader
    .selectFrom("request_documents")
    .select(["request_id", "placements"])
    .where("request_id", "in", requestIds)
    .execute();
  const steps = await reader
    .selectFrom("request_steps as st")
    .leftJoin("delegations as d", "d.delegation_id", "st.delegation_id")
    .select([
      "st.request_id",
      "st.kind",
      "st.state",
      "st.title_en",
      "st.title_zh",
      askedNow("st").as("candidates"),
      "st.decided_by",
      "st.round",
      "st.group_id as groupId",
      "st.asking",
      "st.due_at",
      "d.delegator_id",
    ])
    .where("st.request_id", "in", requestIds)
    .execute();
  const sealsOf = new Map<string, Set<string>>();
  for (const document of documents) {
    const set = sealsOf.get(document.request_id) ?? new Set();
    for (const placement of document.placements as { sealId: string }[]) set.add(placement.sealId);
    sealsOf.set(document.request_id, set);
  }
  const allSeals = [...new Set([...sealsOf.values()].flatMap((set) => [...set]))];
  const seals =
    allSeals.length === 0
      ? []
      : await reader
          .selectFrom("seals")
          .select(["seal_id", "entity_id", "name_en", "name_zh", "important"])
          .where("seal_id", "in", allSeals)
          .execute();
  const keeping = await readKeeping(reader, allSeals);
  const stampings = await readStampingTurns(reader, env, rows);
  const grants = await readGrants(reader);
  const dayOf = await readDays(reader, env.clock.now());
  const absent = await readAbsentNow(reader, env.clock.now());
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();

  const joints = await readJointInList(reader, requestIds);
  const decidingAmounts = await readDecidingAmounts(reader, rows);
  const waiting = new Map<string, Waiting>();
  for (const row of rows) {
    const own = listStanding(steps.filter((step) => step.request_id === row.request_id && step.round === row.round));
    const used = seals.filter((seal) => sealsOf.get(row.request_id)?.has(seal.seal_id));
    if (row.state === "in-review") {
      const current = own.filter((step) => step.state === "current");
      // Who has given one of several agreements is not waited for in the same step again.
      const gave = (groupId: string, personId: string): boolean =>
        own.some((step) => step.groupId === groupId && [step.decided_by, step.delegator_id].includes(personId));
      const people = current.flatMap((step) => step.candidates.filter((person) => !gave(step.groupId, person)));
      if (current[0])
        waiting.set(row.request_id, {
          ...{ kind: current[0].kind as Summary["waitingKind"], people: [...new Set(people)] },
          title:
            current[0].title_en === null || current[0].title_zh === null
              ? null
              : { en: current[0].title_en, zh: current[0].title_zh },
          overdue: firstOverdue(current, env.clock.now()),
        });
    } else if (row.state === "authorised") {
      // Nobody is asked to seal one side before the other has agreed, nor who acted there.
      const other = joints.get(row.request_id);
      if (other && !hasAgreed(other.state)) continue;
      const engaged = other
        ? ((await readOtherSide(reader, env, { joint: await loadJoint(reader, row) }))?.engaged ?? [])
        : [];
      const places = used.map((seal) => ({ sealId: seal.seal_id, entityId: seal.entity_id }));
      const taken = listTakenDuties({
        applicantId: row.applicant_id,
        handlerId: row.handler_id,
        steps: own.map((step) => ({
          ...{ kind: step.kind as StepKind, decidedBy: step.decided_by, decidedFor: step.delegator_id },
        })),
      });
      const counting = withoutBiasedDelegations(profile as Profile, withoutOtherSide(grants, engaged), [
        ...taken,
        ...(row.released_by ? [{ personId: row.released_by, duty: "custodian" as const }] : []),
      ]);
      const holders = findSealingHolders(counting, places, dayOf(row.entity_id ?? ""));
      const free = findFreeHolders(profile as Profile, holders, taken);
      const keeps = keeping(
        row.use_mode,
        used.map((seal) => seal.seal_id),
      );
      const standing = findStandingActs({
        ...{ releasedBy: row.released_by, releasedAt: row.released_at?.getTime() ?? null },
        ...{ confirmedBy: row.confirmed_by, confirmedAt: row.confirmed_at?.getTime() ?? null },
        now: env.clock.now(),
      });
      const turn = findSealingTurn(
        { ...free, custodians: free.custodians.filter(keeps) },
        {
          ...standing,
          supervisionNeeded:
            (row.limits as LimitOutput | null)?.supervised === true || used.some((seal) => seal.important),
        },
      );
      if (turn) waiting.set(row.request_id, { kind: turn.act, people: [...preferPresent(turn.people, absent)] });
    } else if (stampings.has(row.request_id)) {
      const turn = stampings.get(row.request_id);
      if (turn) waiting.set(row.request_id, { ...turn, people: [...preferPresent(turn.people, absent)] });
    } else if (row.state === "opened") waiting.set(row.request_id, { kind: "sealing", people: [] });
  }
  const person = await readPeople(reader, [
    ...rows.flatMap((row) => [row.applicant_id, row.handler_id]),
    ...[...waiting.values()].flatMap((one) => one.people),
  ]);
  const unknown: PersonRefView = {
    personId: "per_00000000-0000-0000-0000-000000000000",
    name: { en: "unknown", zh: "未知" },
  };
  const built = rows.map((row): Summary => {
    const own = documents.filter((document) => document.request_id === row.request_id);
    const wait = waiting.get(row.request_id);
    return {
      requestId: row.request_id,
      number: row.number,
      title: row.title,
      state: row.state as SealUseRequestState,
      applicant: person(row.applicant_id) ?? unknown,
      entity:
        row.entity_id && row.entity_en && row.entity_zh && row.code
          ? { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code }
          : null,
      unit:
        row.unit_id && row.unit_en && row.unit_zh
          ? { unitId: row.unit_id, name: { en: row.unit_en, zh: row.unit_zh } }
          : null,
      documentClass: row.document_class as DocumentClassId | null,
      external: row.external,
      counterparty: row.counterparty,
      counterpartyKind: COUNTERPARTY_KINDS.find((one) => one === row.counterparty_kind) ?? null,
      amount: row.amount,
      currency: row.currency,
      decidingAmount: decidingAmounts.get(row.request_id) ?? null,
      seals: seals
        .filter((seal) => sealsOf.get(row.request_id)?.has(seal.seal_id))
        .map((seal) => ({
          sealId: seal.seal_id,
          name: { en: seal.name_en, zh: seal.name_zh },
          important: seal.important,
        })),
      documents: own.length,
      impressions: copiesOf(row) * own.reduce((sum, document) => sum + document.placements.length, 0),
      ...{ useMode: row.use_mode, copies: row.copies },
      waitingFor: (wait?.people ?? []).flatMap((id) => person(id) ?? []),
      waitingKind: wait?.kind ?? null,
      waitingTitle: wait?.title ?? null,
      quick: null,
      joint: joints.get(row.request_id) ?? null,
      emergency:
        row.emergency_reason === null
          ? null
          : { reason: row.emergency_reason, until: row.emergency_until?.toISOString() ?? null },
      confidential: row.confidential_reason === null ? "no" : "open",
      overdueSince: wait?.overdue ? new Date(wait.overdue).toISOString() : null,
      updatedAt: row.updated_at.toISOString(),
      submittedAt: row.submitted_at?.toISOString() ?? null,
      wantedBy: row.wanted_by,
    };
  });
  return requestIds.flatMap((id) => built.find((summary) => summary.requestId === id) ?? []);
}
