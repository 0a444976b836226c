import {
  finalReviewRoles,
  READER_PARTS,
  type ReaderPart,
  readingOf,
  refuseMasked,
  reviewingRoles,
} from "@chancery/domain";
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";

type Wide = Tables & { r: Tables["seal_use_requests"] };
type Condition = (eb: ExpressionBuilder<Wide, "r">) => ExpressionWrapper<Wide, "r", SqlBool>;

/** What a person can have to do with a request `r` that has a number, part by part; what each lets him read is the domain's. */
function partsOf(personId: string, now: number): Readonly<Record<ReaderPart, Condition>> {
  // Grants begin and end with the day of the request's entity.
  const today = sql<string>`(${new Date(now)}::timestamptz at time zone (select e.time_zone from entities e where e.entity_id = r.entity_id))::date`;
  const grantFor = (eb: ExpressionBuilder<Wide, "r">, roles: readonly string[]) =>
    eb
      .selectFrom("held_roles as g")
      .select("g.grant_id")
      .where("g.person_id", "=", personId)
      .where("g.state", "=", "given")
      .where("g.confirmed", "=", true)
      .where("g.from_on", "<=", today)
      .where((inner) => inner.or([inner("g.to_on", "is", null), inner("g.to_on", ">=", today)]))
      .where("g.role", "in", roles);
  const ofEntity = (eb: ExpressionBuilder<Wide, "r">, roles: readonly string[]) =>
    eb.exists(grantFor(eb, roles).where("g.scope_kind", "=", "entity").whereRef("g.scope_id", "=", "r.entity_id"));
  const stepWhere = (eb: ExpressionBuilder<Wide, "r">, condition: ReturnType<typeof sql<boolean>>) =>
    eb.exists(
      eb
        .selectFrom("request_steps as st")
        .select("st.step_id")
        .whereRef("st.request_id", "=", "r.request_id")
        .where(condition),
    );
  const keeping: Condition = (eb) =>
    eb.and([
      eb("r.authorised_at", "is not", null),
      eb.exists(
        grantFor(eb, ["custodian", "supervisor"]).where((inner) =>
          inner.or([
            inner.and([
              inner("g.role", "=", "supervisor"),
              inner("g.scope_kind", "=", "entity"),
              inner("g.scope_id", "=", inner.ref("r.entity_id")),
            ]),
            inner.and([
              inner("g.scope_kind", "=", "seal"),
              inner.exists(
                inner
                  .selectFrom("request_documents as rd")
                  .select("rd.document_id")
                  .whereRef("rd.request_id", "=", "r.request_id")
                  .where(sql<boolean>`position(g.scope_id in rd.placements::text) > 0`),
              ),
            ]),
          ]),
        ),
      ),
    ]);
  return {
    applicant: (eb) => eb("r.applicant_id", "=", personId),
    handler: (eb) => eb("r.handler_id", "=", personId),
    // Whoever asked a reviewer before himself waits for him, and follows it until he is asked again.
    asked: (eb) =>
      stepWhere(
        eb,
        sql<boolean>`((st.state = 'current' and ${personId} = any(st.candidates))
          or (st.state in ('current', 'waiting') and st.rule->'added'->>'by' = ${personId}))`,
      ),
    decided: (eb) => stepWhere(eb, sql<boolean>`st.decided_by = ${personId}`),
    "was-asked": (eb) => stepWhere(eb, sql<boolean>`st.state = 'approved' and ${personId} = any(st.candidates)`),
    shown: (eb) =>
      eb.exists(
        eb
          .selectFrom("request_copies as c")
          .select("c.person_id")
          .whereRef("c.request_id", "=", "r.request_id")
          .where("c.person_id", "=", personId),
      ),
    named: (eb) =>
      eb.exists(
        eb
          .selectFrom("request_readers as n")
          .select("n.person_id")
          .whereRef("n.request_id", "=", "r.request_id")
          .where("n.person_id", "=", personId),
      ),
    sealing: (eb) =>
      eb.and([
        keeping(eb),
        eb.or([
          eb("r.state", "in", ["authorised", "opened", "frozen"]),
          eb("r.released_by", "=", personId),
          eb("r.confirmed_by", "=", personId),
        ]),
      ]),
    keeping,
    inspecting: (eb) => ofEntity(eb, ["inspector"]),
    // Whoever runs the seals may have an emergency to look at afterwards, and legal review a final copy that differs.
    reviewing: (eb) =>
      eb.or([
        eb.and([
          eb("r.emergency_until", "is not", null),
          eb("r.authorised_at", "is not", null),
          ofEntity(eb, reviewingRoles),
        ]),
        eb.and([
          eb.exists(
            eb
              .selectFrom("final_copies as fc")
              .select("fc.final_copy_id")
              .whereRef("fc.request_id", "=", "r.request_id")
              .where((of) => of.or([of("fc.state", "=", "review"), of("fc.ruled_by", "=", personId)])),
          ),
          ofEntity(eb, finalReviewRoles),
        ]),
        // Whose applicant has left is taken back by who administers the seals, or goes on under his eyes.
        eb.and([
          eb("r.state", "in", ["in-review", "returned", "withdrawn", "authorised"]),
          eb.exists(
            eb
              .selectFrom("people as p")
              .select("p.person_id")
              .whereRef("p.person_id", "=", "r.applicant_id")
              .where("p.state", "=", "departed"),
          ),
          ofEntity(eb, ["seal-administrator"]),
        ]),
      ]),
  };
}

const isPlain: Condition = (eb) => eb("r.confidential_reason", "is", null);

function hasAccess(personId: string, now: number): Condition {
  return (eb) =>
    eb.exists(
      eb
        .selectFrom("request_accesses as a")
        .select("a.event_id")
        .whereRef("a.request_id", "=", "r.request_id")
        .where("a.person_id", "=", personId)
        .where("a.until", ">", new Date(now)),
    );
}

/** A draft is its applicant's alone; of what was submitted the other parts decide. */
const within = (
  personId: string,
  conditions: (eb: ExpressionBuilder<Wide, "r">) => ReturnType<Condition>[],
): Condition => {
  return (eb) =>
    eb.or([eb("r.applicant_id", "=", personId), eb.and([eb("r.number", "is not", null), eb.or(conditions(eb))])]);
};

/**
 * Who reads a request: its applicant and handler, whoever was asked to decide a step of it or is shown it, those who keep or
 * supervise one of its seals once it is authorised, and inspectors of its entity. A confidential one is read by fewer, as
 * the domain's `readingOf` says part by part; those who watch take an access to it.
 */
export function maySee(personId: string, now: number): Condition {
  const parts = partsOf(personId, now);
  const access = hasAccess(personId, now);
  return within(personId, (eb) =>
    READER_PARTS.map((part) => {
      const opens = (with_: boolean) => readingOf({ parts: [part], confidential: true, access: with_ }) === "open";
      if (opens(false)) return parts[part](eb);
      return eb.and([parts[part](eb), opens(true) ? eb.or([isPlain(eb), access(eb)]) : isPlain(eb)]);
    }),
  );
}

/** Who at least learns that a request is there: readers, and those to whom a confidential one is shown masked. */
export function mayKnow(personId: string, now: number): Condition {
  const parts = partsOf(personId, now);
  return within(personId, (eb) =>
    READER_PARTS.map((part) => {
      const hidden = readingOf({ parts: [part], confidential: true, access: false }) === "hidden";
      return hidden ? eb.and([parts[part](eb), isPlain(eb)]) : parts[part](eb);
    }),
  );
}

/** A request's title where who reads is not asked about: what is confidential is told to nobody there. */
export const titleForAll = sql<string>`case when r.confidential_reason is null then r.title else '' end`;

/** What a person has to do with a request, whether it is confidential, and whether he has an access to it. */
export async function readParts(reader: Reader, personId: string, requestId: string, now: number) {
  const parts = partsOf(personId, now);
  const row = await reader
    .selectFrom("seal_use_requests as r")
    .select(["r.number", "r.applicant_id"])
    .select((eb) => [
      sql<string[]>`array_remove(array[${sql.join(
        READER_PARTS.map((part) => sql`case when ${parts[part](eb as never)} then ${part} end`),
      )}]::text[], null)`.as("parts"),
      isPlain(eb as never).as("plain"),
      hasAccess(personId, now)(eb as never).as("access"),
    ])
    .where("r.request_id", "=", requestId)
    .executeTakeFirst();
  if (!row) return null;
  const draft = row.number === null;
  return {
    number: row.number ?? "",
    parts: READER_PARTS.filter((part) => row.parts.includes(part) && (!draft || part === "applicant")),
    ...{ confidential: !row.plain, access: Boolean(row.access) },
  };
}

export async function seesRequest(reader: Reader, personId: string, requestId: string, now: number): Promise<boolean> {
  const row = await reader
    .selectFrom("seal_use_requests as r")
    .select("r.request_id")
    .where("r.request_id", "=", requestId)
    .where(maySee(personId, now))
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Throws `subject.not-found` where the person may not see the request: unknown and forbidden look the same. Who learns of
 * a confidential one, and does not read it, is told so, and how he could.
 */
export async function requireMaySee(reader: Reader, personId: string, requestId: string, now: number): Promise<void> {
  if (await seesRequest(reader, personId, requestId, now)) return;
  const found = await readParts(reader, personId, requestId, now);
  if (!found || readingOf(found) !== "masked") throw problems.notFound();
  const refusal = toRefusalView(refuseMasked(found.parts, found.number));
  throw new ProblemError(403, refusal.code, refusal.sentence, { refusals: [refusal] });
}
