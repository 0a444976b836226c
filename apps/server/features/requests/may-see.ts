import { reviewingRoles } from "@chancery/domain";
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";

type Wide = Tables & { r: Tables["seal_use_requests"] };

/**
 * Who may see a request: its applicant and handler, whoever was asked to decide a step of it or is shown it, those who keep or
 * supervise one of its seals once it is authorised, and inspectors of its entity. A draft is its applicant's alone.
 */
export function maySee(personId: string, now: number) {
  return (eb: ExpressionBuilder<Wide, "r">): ExpressionWrapper<Wide, "r", SqlBool> => {
    // Grants begin and end with the day of the request's entity.
    const today = sql<string>`(${new Date(now)}::timestamptz at time zone (select e.time_zone from entities e where e.entity_id = r.entity_id))::date`;
    const grantFor = (roles: string[]) =>
      eb
        .selectFrom("held_roles as g")
        .select("g.grant_id")
        .where("g.person_id", "=", personId)
        .where("g.state", "=", "given")
        .where("g.confirmed", "=", true)
        .where("g.from_on", "<=", today)
        .where((inner) => inner.or([inner("g.to_on", "is", null), inner("g.to_on", ">=", today)]))
        .where("g.role", "in", roles);
    return eb.or([
      eb("r.applicant_id", "=", personId),
      eb.and([
        eb("r.number", "is not", null),
        eb.or([
          eb("r.handler_id", "=", personId),
          eb.exists(
            eb
              .selectFrom("request_steps as st")
              .select("st.step_id")
              .whereRef("st.request_id", "=", "r.request_id")
              .where((inner) =>
                inner.or([
                  inner("st.decided_by", "=", personId),
                  inner.and([
                    inner("st.state", "in", ["current", "approved"]),
                    inner(inner.val(personId), "=", inner.fn.any("st.candidates")),
                  ]),
                ]),
              ),
          ),
          eb.exists(
            eb
              .selectFrom("request_copies as c")
              .select("c.person_id")
              .whereRef("c.request_id", "=", "r.request_id")
              .where("c.person_id", "=", personId),
          ),
          eb.exists(
            grantFor(["inspector"]).where("g.scope_kind", "=", "entity").whereRef("g.scope_id", "=", "r.entity_id"),
          ),
          // Whoever runs the seals may have an emergency to look at afterwards.
          eb.and([
            eb("r.emergency_until", "is not", null),
            eb("r.authorised_at", "is not", null),
            eb.exists(
              grantFor([...reviewingRoles])
                .where("g.scope_kind", "=", "entity")
                .whereRef("g.scope_id", "=", "r.entity_id"),
            ),
          ]),
          eb.and([
            eb("r.authorised_at", "is not", null),
            eb.exists(
              grantFor(["custodian", "supervisor"]).where((inner) =>
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
          ]),
        ]),
      ]),
    ]);
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

/** Throws `subject.not-found` where the person may not see the request: unknown and forbidden look the same. */
export async function requireMaySee(reader: Reader, personId: string, requestId: string, now: number): Promise<void> {
  if (!(await seesRequest(reader, personId, requestId, now))) throw problems.notFound();
}
