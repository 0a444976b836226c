import { carryFromOthers, listEligible, type RouteStep, type StepBefore } from "@chancery/domain";
import { type SqlBool, sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readRouteNow } from "../approvals/entitled.ts";
import { listGone } from "../rules/named-people.ts";
import type { LoadedRequest, LoadedStep } from "./load-request.ts";
import { maySee } from "./may-see.ts";
import { known } from "./objections.ts";
import { readSameDigests } from "./same-documents.ts";
import { stageGap } from "./steps.ts";

/** Rounds of other requests with the same file that are looked at: more say nothing further. */
const mostRounds = 20;

type Step = Pick<LoadedStep, "stepId" | "kind" | "groupId" | "title" | "stage" | "hours" | "candidates" | "added"> & {
  readonly agreedBy: string | null;
};
/** Another request with the same document, to which people were added who have not agreed to it. */
export interface AddedBefore {
  readonly requestId: string;
  readonly number: string;
  readonly confidential: boolean;
  readonly people: readonly string[];
  readonly steps: readonly Step[];
}

/**
 * Who was added to the route of another request of the entity with the same document, and neither agreed to the document since nor
 * is asked in this route anyhow. With `hears` by the requests alone that this person reads: a draft must not tell of others.
 */
export async function readAddedBefore(
  reader: Reader,
  env: Environment,
  { row, documents, series }: LoadedRequest,
  route: readonly RouteStep[],
  hears?: string,
): Promise<AddedBefore[]> {
  if (documents.length === 0 || series !== null) return [];
  const now = env.clock.now();
  const same = await readSameDigests(reader, documents);
  const withSame = reader
    .selectFrom("request_steps as st")
    .innerJoin("seal_use_requests as r", "r.request_id", "st.request_id")
    .innerJoin("request_rounds as rr", (join) =>
      join.onRef("rr.request_id", "=", "st.request_id").onRef("rr.round", "=", "st.round"),
    )
    .where(
      sql<SqlBool>`exists (select 1 from unnest(${same}::text[]) as digest where position(digest in rr.subject) > 0)`,
    )
    .where("r.request_id", "in", (eb) =>
      eb
        .selectFrom("request_documents as rd")
        .innerJoin("documents as d", "d.document_id", "rd.document_id")
        .select("rd.request_id")
        .where("d.digest", "in", ["", ...same]),
    );
  const added = await withSame
    .select(["r.request_id", "st.round", "r.number", "st.candidates", "r.submitted_at"])
    .select(sql<boolean>`r.confidential_reason is not null`.as("confidential"))
    .where("r.entity_id", "=", row.entity_id)
    .where("r.request_id", "<>", row.request_id)
    // What replaces a copy of a request asks for the same again, and names it.
    .where("r.request_id", "is distinct from", row.make_up_of)
    .where("r.submitted_at", ">", new Date(now - known.days * 86_400_000))
    .where(sql<SqlBool>`st.rule->'added' is not null`)
    .$if(hears !== undefined, (query) => query.where(maySee(hears ?? "", now) as never))
    .orderBy("r.submitted_at", "desc")
    .limit(mostRounds)
    .execute();
  if (added.length === 0) return [];
  const agreed = await withSame
    .select(["st.decided_by", "st.decided_at"])
    .where("st.decided_by", "in", [...new Set(added.flatMap((one) => one.candidates))])
    // An agreement of a round that is over is void, and was given to the document all the same.
    .where("st.state", "in", ["approved", "voided"])
    .execute();
  const asked = new Set(route.flatMap(({ candidates }) => candidates));
  const open = (people: readonly string[]): string[] =>
    people.filter((person) => !asked.has(person) && !agreed.some((one) => one.decided_by === person));
  const found: AddedBefore[] = [];
  for (const one of added) {
    const people = open(one.candidates);
    const isKnown = found.some(({ people: those }) => people.every((person) => those.includes(person)));
    if (people.length === 0 || isKnown) continue;
    const steps = await readRound(reader, one.request_id, one.round);
    found.push({
      ...{ requestId: one.request_id, number: one.number ?? "", confidential: one.confidential },
      ...{ people: [...new Set(steps.flatMap((step) => (step.added ? open(step.candidates) : [])))], steps },
    });
  }
  return found;
}

async function readRound(reader: Reader, requestId: string, round: number): Promise<Step[]> {
  const rows = await reader
    .selectFrom("request_steps as st")
    .select(["st.step_id", "st.kind", "st.group_id", "st.title_en", "st.title_zh", "st.stage", "st.hours"])
    .select(["st.candidates", "st.decided_by", "st.rule"])
    .where("st.request_id", "=", requestId)
    .where("st.round", "=", round)
    .orderBy("st.position")
    .execute();
  return rows.map(
    (one): Step => ({
      ...{ stepId: one.step_id, kind: one.kind as Step["kind"], groupId: one.group_id, stage: one.stage },
      title: one.title_en === null || one.title_zh === null ? null : { en: one.title_en, zh: one.title_zh },
      ...{ hours: one.hours, candidates: one.candidates, agreedBy: one.decided_by },
      added: (one.rule as { added?: { by: string; reason: string } }).added ?? null,
    }),
  );
}

/**
 * The route with them. By whom and why each was added is said with the number where whoever asks now reads that request; of one
 * that he does not read, or that is confidential, the route says only that it was so.
 */
export async function carryAdded(
  reader: Reader,
  env: Environment,
  loaded: LoadedRequest,
  route: readonly RouteStep[],
  before: readonly AddedBefore[],
): Promise<RouteStep[]> {
  if (route.length === 0 || before.length === 0) return [...route];
  const people = [...new Set(before.flatMap((one) => one.people))];
  const now = await readRouteNow(reader, env, loaded);
  const gone = [...(now?.facts.gone ?? []), ...(await listGone(reader, people))];
  const eligible = now ? listEligible("named", { ...now.facts, gone }, now.grants, people) : [];
  const read = await reader
    .selectFrom("seal_use_requests as r")
    .select("r.request_id")
    .where(
      "r.request_id",
      "in",
      before.map(({ requestId }) => requestId),
    )
    .where(maySee(loaded.row.applicant_id, env.clock.now()) as never)
    .execute();
  const told = new Set(read.map((one) => one.request_id));
  const others = before.map((one) =>
    one.steps
      .filter((step) => step.added === null || step.candidates.some((person) => one.people.includes(person)))
      .map(
        ({ groupId, agreedBy, ...step }): StepBefore => ({
          ...{ ...step, group: groupId, agreed: step.added ? null : agreedBy },
          eligible: step.candidates.some((person) => eligible.includes(person)),
        }),
      ),
  );
  const groups = new Map(before.flatMap((one) => one.steps.map((step) => [step.groupId, one] as const)));
  return carryFromOthers(route, others, stageGap).map((step) => {
    const from = groups.get(step.group);
    if (step.reason !== "route.added-before" || !step.added || !from) return step;
    const isTold = told.has(from.requestId) && !from.confidential;
    return {
      ...step,
      candidates: step.candidates.filter((person) => eligible.includes(person)),
      added: isTold ? { ...step.added, reason: `${from.number}: ${step.added.reason}` } : { by: "", reason: "" },
    };
  });
}
