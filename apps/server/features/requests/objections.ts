import {
  type EarlierDecision,
  type FactsRead,
  isSameParty,
  listOpenObjections,
  type Objection,
  saysNearlyAll,
} from "@chancery/domain";
import { type SqlBool, sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import type { LoadedRequest, LoadedStep } from "./load-request.ts";
import { maySee } from "./may-see.ts";
import { type PersonRefView, readPeople } from "./read-people.ts";
import { readSameDigests } from "./same-documents.ts";

/** Decisions of other requests on the same file that are looked at: more say nothing further. */
const most = 200;

/** What was said against the documents of a request and nobody has answered, in this request or in another with the same file. */
export interface StandingObjection extends Objection {
  readonly comment: string | null;
  /** Of another request: its number, whether it is a confidential one, and whether it is another entity's. */
  readonly other: {
    readonly number: string | null;
    readonly confidential: boolean;
    readonly elsewhere: boolean;
  } | null;
}

/**
 * Reads them for who decides next, and for the route of an emergency. With `hears` those of other requests alone that this person
 * reads: what a draft is told must not say what stands in requests of others.
 */
export async function readObjections(
  reader: Reader,
  now: number,
  loaded: LoadedRequest,
  hears?: string,
): Promise<StandingObjection[]> {
  const own = await readOwn(reader, loaded);
  const others = await readOthers(reader, now, loaded, hears);
  const all = new Map([...own, ...others].map((one) => [one.stepId, one]));
  return listOpenObjections([...all.values()]).flatMap((one) => {
    const found = all.get(one.stepId);
    return found ? [{ ...found, decision: one.decision }] : [];
  });
}

type Decided = EarlierDecision & Pick<StandingObjection, "comment" | "other">;

/** How a step was decided: an agreement of an earlier round is void, and was given all the same. */
const decisionOf = (state: string): EarlierDecision["decision"] =>
  state === "returned" || state === "rejected" ? state : "approved";

async function readOwn(reader: Reader, loaded: LoadedRequest): Promise<Decided[]> {
  const decided = loaded.allSteps.filter((step) => step.decidedBy !== null && step.decidedAt !== null);
  if (!decided.some(({ state }) => decisionOf(state) !== "approved")) return [];
  const sameRounds = await readSameRounds(reader, loaded);
  return decided.map((step): Decided => {
    const { stepId, kind, title } = step;
    return {
      ...{
        requestId: loaded.row.request_id,
        entityId: loaded.row.entity_id,
        stepId,
        kind,
        title,
        decision: decisionOf(step.state),
      },
      ...{ by: step.decidedBy ?? "", at: timeOf(step), sameDocument: sameRounds.has(step.round) },
      ...{ comment: step.comment, other: null },
    };
  });
}

const timeOf = ({ decidedAt }: LoadedStep): number => decidedAt?.getTime() ?? 0;

/** Rounds in which the same files were decided on, or files that have a page in common with those of now: what was left of them is the same. */
async function readSameRounds(reader: Reader, { row, documents, series }: LoadedRequest): Promise<ReadonlySet<number>> {
  const rounds = await reader
    .selectFrom("request_rounds")
    .select(["round", "subject"])
    .where("request_id", "=", row.request_id)
    .execute();
  const before = rounds.map(({ round, subject }) => {
    const said = JSON.parse(subject) as { documents?: { digest: string }[]; series?: { root: string } };
    return { round, digests: said.documents?.map(({ digest }) => digest) ?? [], root: said.series?.root ?? null };
  });
  const now = new Set(documents.map(({ digest }) => digest));
  const former = [...new Set(before.flatMap(({ digests }) => digests))].filter((digest) => !now.has(digest));
  const words = await readPageWords(reader, former);
  const wordsNow = new Set(documents.flatMap(({ pageWords }) => pageWords).filter((page) => page !== ""));
  const isSame = (digest: string): boolean =>
    now.has(digest) || (words.get(digest) ?? []).some((page) => wordsNow.has(page));
  return new Set(
    before.flatMap(({ round, digests, root }) =>
      digests.some(isSame) || (root !== null && root === series?.root) ? [round] : [],
    ),
  );
}

async function readPageWords(reader: Reader, digests: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  if (digests.length === 0) return new Map();
  const rows = await reader
    .selectFrom("documents as d")
    .innerJoin("document_readings as read", "read.document_id", "d.document_id")
    .select(["d.digest", "read.page_words"])
    .where("d.digest", "in", digests)
    .execute();
  return new Map(rows.map((one) => [one.digest, (one.page_words ?? []) as string[]]));
}

/** Days in which a document that was objected to is known again by its words, and such documents that are looked at. */
export const known = { days: 180, documents: 300 };

/**
 * Whose decisions are looked at. Both, and each within limits of its own: a no that was given at one entity of the organisation is
 * one at all of them, and what is much in one place keeps nothing out of sight that was said in another.
 */
const reaches = ["here", "elsewhere"] as const;
type Reach = (typeof reaches)[number];
const comparisonOf = { here: "=", elsewhere: "is distinct from" } as const;

/**
 * Documents that somebody objected to and that say nearly all that one of these says: a figure that was changed or a page more
 * makes no other document of it. Of another counterparty it is another one, for many are written alike.
 */
async function readAlikeDigests(
  reader: Reader,
  now: number,
  { row, documents }: LoadedRequest,
  reach: Reach,
): Promise<string[]> {
  // Under a standing authorisation all documents say their template's words: likeness tells nothing there.
  if (row.standing_id !== null) return [];
  // What was read of a request under way is not among its facts any more, which are those that decide.
  const readings = await reader
    .selectFrom("document_readings as read")
    .select(sql<FactsRead["sketch"] | null>`read.facts->'sketch'`.as("sketch"))
    .select(sql<FactsRead["parties"]>`read.facts->'counterparties'`.as("counterparties"))
    .where(
      "read.document_id",
      "in",
      documents.map(({ documentId }) => documentId),
    )
    .execute();
  const own = readings.flatMap(({ sketch, counterparties }) => (sketch ? [{ sketch, counterparties }] : []));
  if (own.length === 0) return [];
  const rows = await reader
    .selectFrom("request_steps as st")
    .innerJoin("seal_use_requests as r", "r.request_id", "st.request_id")
    .innerJoin("request_documents as rd", "rd.request_id", "r.request_id")
    .innerJoin("documents as d", "d.document_id", "rd.document_id")
    .innerJoin("document_readings as read", "read.document_id", "d.document_id")
    .select("d.digest")
    .select(sql<FactsRead["sketch"] | null>`read.facts->'sketch'`.as("sketch"))
    .select(sql<FactsRead["parties"]>`read.facts->'counterparties'`.as("counterparties"))
    .where("r.entity_id", comparisonOf[reach], row.entity_id)
    .where("r.request_id", "<>", row.request_id)
    .where("st.state", "in", ["returned", "rejected"])
    .where("st.decided_at", ">", new Date(now - known.days * 86_400_000))
    .orderBy("st.decided_at", "desc")
    .limit(known.documents)
    .execute();
  const isOfOne = (one: FactsRead["parties"], other: FactsRead["parties"]): boolean =>
    one.length === 0 || other.length === 0 || one.some((a) => other.some((b) => isSameParty(a.name, b.name)));
  return rows.flatMap(({ digest, sketch, counterparties }) =>
    sketch && own.some((read) => isOfOne(counterparties, read.counterparties) && saysNearlyAll(sketch, read.sketch))
      ? [digest]
      : [],
  );
}

/** What was decided in other requests on the same documents, or on nearly the same. */
async function readOthers(reader: Reader, now: number, loaded: LoadedRequest, hears?: string): Promise<Decided[]> {
  if (loaded.documents.length === 0 || loaded.series) return [];
  const same = await readSameDigests(reader, loaded.documents);
  const found: Decided[] = [];
  for (const reach of reaches) found.push(...(await readReach(reader, now, loaded, { reach, same, hears })));
  return found;
}

async function readReach(
  reader: Reader,
  now: number,
  loaded: LoadedRequest,
  {
    reach,
    same,
    hears,
  }: { readonly reach: Reach; readonly same: readonly string[]; readonly hears: string | undefined },
): Promise<Decided[]> {
  const digests = [...new Set([...same, ...(await readAlikeDigests(reader, now, loaded, reach))])];
  const rows = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("request_steps as st", "st.request_id", "r.request_id")
    .innerJoin("request_rounds as rr", (join) =>
      join.onRef("rr.request_id", "=", "st.request_id").onRef("rr.round", "=", "st.round"),
    )
    .select([
      "r.request_id",
      "r.entity_id",
      "r.number",
      "st.step_id",
      "st.kind",
      "st.title_en",
      "st.title_zh",
      "st.state",
    ])
    .select(["st.decided_by", "st.decided_at", "st.comment"])
    .select(sql<boolean>`r.confidential_reason is not null`.as("confidential"))
    .where("r.entity_id", comparisonOf[reach], loaded.row.entity_id)
    .where("r.request_id", "<>", loaded.row.request_id)
    .where("st.decided_by", "is not", null)
    .where("r.request_id", "in", (eb) =>
      eb
        .selectFrom("request_documents as rd")
        .innerJoin("documents as d", "d.document_id", "rd.document_id")
        .select("rd.request_id")
        .where("d.digest", "in", digests),
    )
    .where(
      sql<SqlBool>`exists (select 1 from unnest(${digests}::text[]) as digest where position(digest in rr.subject) > 0)`,
    )
    .$if(hears !== undefined, (query) => query.where(maySee(hears ?? "", now) as never))
    .orderBy("st.decided_at", "desc")
    .limit(most)
    .execute();
  return rows.map(
    (row): Decided => ({
      ...{
        requestId: row.request_id,
        entityId: row.entity_id,
        stepId: row.step_id,
        kind: row.kind as LoadedStep["kind"],
      },
      title: row.title_en === null || row.title_zh === null ? null : { en: row.title_en, zh: row.title_zh },
      ...{ decision: decisionOf(row.state), by: row.decided_by ?? "", at: row.decided_at?.getTime() ?? 0 },
      ...{ sameDocument: true, comment: row.comment },
      other: { number: row.number, confidential: row.confidential, elsewhere: reach === "elsewhere" },
    }),
  );
}

/**
 * Objections as a person is shown them while a request is decided. Of a confidential request that he does not read nobody learns
 * more than that its file was objected to, when and in which step; of a request of another entity that he does not read no more than
 * the day. Who asks is told of none in a request he does not read.
 */
export async function showObjections(
  reader: Reader,
  env: Environment,
  loaded: LoadedRequest,
  viewer: { readonly personId: string; readonly asks: boolean },
) {
  if (loaded.row.state !== "in-review") return [];
  const now = env.clock.now();
  const found = await readObjections(reader, now, loaded, viewer.asks ? viewer.personId : undefined);
  const ids = found.flatMap(({ requestId, other }) => (other ? [requestId] : []));
  const opens = new Set(
    ids.length === 0
      ? []
      : (
          await reader
            .selectFrom("seal_use_requests as r")
            .select("r.request_id")
            .where("r.request_id", "in", ids)
            .where(maySee(viewer.personId, now) as never)
            .execute()
        ).map((one) => one.request_id),
  );
  const person = await readPeople(
    reader,
    found.map(({ by }) => by),
  );
  const { timeZone } = await readPlaceInTime(reader, loaded.row.entity_id ?? "");
  return found.map((one) => {
    const isOpen = one.other === null || opens.has(one.requestId);
    const isElsewhere = one.other?.elsewhere === true;
    const isTold = isOpen || (one.other?.confidential !== true && !isElsewhere);
    const isNamed = isOpen || !isElsewhere;
    const by: PersonRefView | null = isTold ? person(one.by) : null;
    return {
      ...{ decision: one.decision, kind: isNamed ? one.kind : null, title: isNamed ? one.title : null, by },
      ...{ sameDocument: one.sameDocument, comment: isTold ? one.comment : null },
      // Noon of the day: the hour would tell which of the other entity's requests it was.
      at: isNamed ? new Date(one.at).toISOString() : `${dayIn(timeZone, one.at)}T12:00:00.000Z`,
      other: one.other && {
        ...{ number: isTold ? one.other.number : null, requestId: isOpen ? one.requestId : null },
        elsewhere: isElsewhere,
      },
    };
  });
}
