import {
  LEFT_ALONE,
  type LeftAlone,
  listNamingRefusals,
  MOST_NAMED_REQUESTS,
  type RunningRequest,
  type SealUseRequestState,
  type StepKind,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { findHolders, type MatterRow } from "../matters/store.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { mayKnow, maySee } from "../requests/may-see.ts";
import { readRulesInForce } from "./read-rules.ts";

type Answer = HandlerAnswer<"GET /v1/rules/running">;
type Shown = Pick<Answer["items"][number], Exclude<keyof Answer["items"][number], "refusal">>;
type Named = HandlerAnswer<"GET /v1/matters/:matterId">["runningRequests"];

/** As many as a page shows; the oldest come first. */
const pageSize = 50;

/** Requests with a number, as somebody who writes rules is told of them. */
const select = (reader: Reader, env: Environment, personId: string) =>
  reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("entities as e", "e.entity_id", "r.entity_id")
    .leftJoin("rule_versions as v", "v.version_id", "r.rules_version")
    .select(["r.request_id", "r.number", "r.state", "r.title", "r.document_class", "r.amount", "r.currency"])
    .select(["r.rules_version", "r.applicant_id", "r.handler_id", "r.submitted_at", "r.confidential_reason"])
    .select(["r.emergency_reason", "r.standing_id", "v.number as version"])
    .select(["e.entity_id", "e.name_en", "e.name_zh", "e.code"])
    .select((eb) => maySee(personId, env.clock.now())(eb as never).as("opens"))
    .select((eb) =>
      eb
        .selectFrom("request_steps as st")
        .select((of) => of.fn.agg<string[] | null>("array_agg", ["st.kind"]).distinct().as("kinds"))
        .whereRef("st.request_id", "=", "r.request_id")
        .where("st.state", "=", "current")
        .as("waiting"),
    )
    .where("r.number", "is not", null);

/**
 * What writes the rules is told of every request what it is, and not whose it is or what its papers say; of a confidential one
 * nothing, unless he knows of it by another part he has in it.
 */
const told = (reader: Reader, env: Environment, personId: string) =>
  select(reader, env, personId).where((eb) =>
    eb.or([eb("r.confidential_reason", "is", null), mayKnow(personId, env.clock.now())(eb as never)]),
  );

type Row = Awaited<ReturnType<ReturnType<typeof told>["execute"]>>[number];

/** What a matter reserves that names a request: another one waits for its end. */
export const subjectOf = (requestId: string): string => `request:${requestId}`;

export const toRunning = (row: Row): RunningRequest => ({
  ...{ number: row.number ?? "", state: row.state as SealUseRequestState, rulesVersion: row.rules_version },
  ...{ applicantId: row.applicant_id, handlerId: row.handler_id },
  ...{ emergency: row.emergency_reason !== null, standing: row.standing_id !== null },
});

async function listAdministered(reader: Reader, env: Environment, personId: string): Promise<string[]> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId });
  return grants.flatMap(({ role, entityId }) => (role === "seal-administrator" ? [entityId] : []));
}

/** Those of these requests that this person knows of, in entities whose seals he administers. */
export async function readNameable(
  reader: Reader,
  env: Environment,
  personId: string,
  requestIds: readonly string[],
): Promise<Row[]> {
  return told(reader, env, personId)
    .where("r.request_id", "in", ["", ...requestIds])
    .where("r.entity_id", "in", ["", ...(await listAdministered(reader, env, personId))])
    .orderBy("r.number")
    .execute();
}

function show(row: Row): Shown {
  const opens = Boolean(row.opens);
  const masked = row.confidential_reason !== null && !opens;
  return {
    ...{ requestId: row.request_id, number: row.number ?? "", state: row.state as SealUseRequestState },
    entity: { entityId: row.entity_id, name: { en: row.name_en, zh: row.name_zh }, code: row.code },
    ...{ opens, masked, title: opens ? row.title : null },
    documentClass: masked ? null : (row.document_class as Shown["documentClass"]),
    ...{ amount: masked ? null : row.amount, currency: row.currency },
    submittedAt: row.submitted_at?.toISOString() ?? null,
    promised:
      row.rules_version === null
        ? null
        : { versionId: row.rules_version as NonNullable<Shown["promised"]>["versionId"], number: row.version ?? 0 },
    waiting: (row.waiting ?? []) as StepKind[],
  };
}

/** What is asked of the list. */
export interface RunningAsked {
  readonly search?: string | undefined;
  readonly named?: string | undefined;
  readonly after?: string | undefined;
}

/** Requests in review that were promised other rules than those in force, and why one of them is not to be named. */
export async function listRunning(env: Environment, personId: string, asked: RunningAsked = {}): Promise<Answer> {
  const { versionId } = await readRulesInForce(env.db);
  const entities = ["", ...(await listAdministered(env.db, env, personId))];
  let all = told(env.db, env, personId)
    .where("r.state", "=", "in-review")
    .where("r.rules_version", "is distinct from", versionId)
    .where("r.entity_id", "in", entities);
  if (asked.named) all = all.where("r.request_id", "in", asked.named.split(","));
  if (asked.search) {
    const like = `%${asked.search.replace(/[\\%_]/g, "\\$&")}%`;
    all = all.where((eb) =>
      eb.or([
        eb("r.number", "ilike", like),
        // A title that he does not read is not found either.
        eb.and([maySee(personId, env.clock.now())(eb as never), eb("r.title", "ilike", like)]),
      ]),
    );
  }
  const { total } = await all
    .clearSelect()
    .select(({ fn }) => fn.countAll<string>().as("total"))
    .executeTakeFirstOrThrow();
  const after = asked.after ? /^(\d+)_(req_[0-9a-f-]{36})$/.exec(asked.after) : null;
  const at = new Date(Number(after?.[1] ?? 0));
  const found = await all
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb("r.submitted_at", ">", at),
          eb.and([eb("r.submitted_at", "=", at), eb("r.request_id", ">", after?.[2] ?? "")]),
        ]),
      ),
    )
    .orderBy("r.submitted_at")
    .orderBy("r.request_id")
    .limit(pageSize + 1)
    .execute();
  const rows = found.slice(0, pageSize);
  const last = rows.at(-1);
  const held = await findHolders(
    env.db,
    rows.map((row) => subjectOf(row.request_id)),
  );
  return {
    inForce: versionId as Answer["inForce"],
    items: rows.map((row) => {
      const [refusal = held.get(subjectOf(row.request_id))] = listNamingRefusals(toRunning(row), personId, versionId);
      return { ...show(row), refusal: refusal ? toRefusalView(refusal) : null };
    }),
    next: found.length > pageSize && last ? `${last.submitted_at?.getTime() ?? 0}_${last.request_id}` : null,
    total: Number(total),
    most: MOST_NAMED_REQUESTS,
  };
}

/**
 * The requests that a matter names, as its reader is told of them, and what became of each once it was carried out. Null for
 * other matters.
 */
export async function showNamed(env: Environment, personId: string, row: MatterRow): Promise<Named> {
  if (row.kind !== "apply-rules") return null;
  const ids = (row.data as { requestIds?: string[] }).requestIds ?? [];
  const rows = await told(env.db, env, personId)
    .where("r.request_id", "in", ["", ...ids])
    .orderBy("r.number")
    .execute();
  const outcomeOf = await readOutcome(env.db, row);
  return {
    items: rows.map((one) => ({ ...show(one), outcome: outcomeOf(one.request_id) })),
    untold: ids.length - rows.length,
  };
}

async function readOutcome(
  reader: Reader,
  { matter_id: matterId, state }: MatterRow,
): Promise<(requestId: string) => "returned" | LeftAlone | null> {
  if (state !== "done") return () => null;
  const { facts } = await reader
    .selectFrom("events")
    .select("facts")
    .where("matter_id", "=", matterId)
    .where("type", "=", "RulesApplied")
    .executeTakeFirstOrThrow();
  const left = new Map(
    String((facts as { left?: string }).left ?? "")
      .split(" ")
      .map((one) => {
        const [requestId = "", why = ""] = one.split(":");
        return [requestId, why] as const;
      }),
  );
  return (requestId) => LEFT_ALONE.find((why) => why === left.get(requestId)) ?? "returned";
}
