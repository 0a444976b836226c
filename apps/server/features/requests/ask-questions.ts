import type { RouteAnswer } from "@chancery/api/client";
import {
  describe,
  listLikeNames,
  listOtherAmounts,
  listQuestions,
  type OtherAmounts,
  questionCode,
  stemForBranches,
} from "@chancery/domain";
import { type AliasedExpression, type InferResult, sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { statement } from "../../platform/statement.ts";
import { settingsOn } from "../settings/read-settings.ts";
import type { AddedBefore } from "./added-before.ts";
import type { UseJudged } from "./judge-use.ts";
import type { AnsweredQuestion, LoadedRequest, QuestionAnswer } from "./load-request.ts";
import { maySee } from "./may-see.ts";
import { readPeople } from "./read-people.ts";
import { type SameAsked, sameDocuments, toSameAsked } from "./same-documents.ts";

/** States in which a request counts: asked for, under way, or done. What was turned down or taken back split nothing. */
const counting = ["in-review", "authorised", "opened", "frozen", "closed", "registered"];
/** Like requests of one counterparty in the window: more say nothing further. */
const most = 200;
/** Whom documents name: more parties than these have no contract with each other. */
const mostNamed = 4;
/** Those of one wording that are told one by one; the rest are counted. */
const mostListed = 20;

/** The other side's name as the index keeps it; the domain compares again. */
const folded = (name: unknown) =>
  sql<string>`lower(regexp_replace(normalize(${name}, NFKC), '[[:space:][:punct:]]', '', 'g'))`;

/** Words of a branch's name, as its index has them. */
const branchWords =
  "分公司|[分支]行|分理[处處]|[营營][业業]部|[经經][营營]部|[办辦]事[处處]|代表[处處]|分部|分[厂廠]|branch|office";
/** Whether a counterparty is a branch of one of those whose names begin so. */
const isBranchOf = (stems: readonly string[]) =>
  sql<boolean>`(r.counterparty ~* ${sql.lit(branchWords)}
    and exists (select from unnest(${stems}::text[]) as stem where position(stem in ${folded(sql.ref("r.counterparty"))}) > 0))`;

/**
 * By what a request counts: the amount that decided it when it was submitted, its documents' where they say more, and the declared
 * one where a reviewer confirmed that. Who splits a purchase declares little or nothing.
 */
const decidedByDocuments = sql<boolean>`(r.facts_seen->'decisive'->>'amountMinor' is not null and not exists (
  select from request_fact_rulings f where f.request_id = r.request_id and f.round = r.round and f.ruling = 'declared' and split_part(f.key, '|', 2) = 'amount'))`;
const decidingAmount = sql<string | null>`case when ${decidedByDocuments}
  then round((r.facts_seen->'decisive'->>'amountMinor')::numeric / 100, 2) else r.amount end`;
const decidingCurrency = sql<string>`case when ${decidedByDocuments}
  then r.facts_seen->'decisive'->>'currency' else r.currency end`;

interface Beside {
  readonly entityId: string | null;
  readonly requestId: string;
  readonly makeUpOf: string | null;
}
/** Other requests of the entity that count, the latest first; with `heard` those alone that it lets through. */
const countedRequests = (reader: Reader, beside: Beside, heard?: ReturnType<typeof maySee>) =>
  reader
    .selectFrom("seal_use_requests as r")
    .select(["r.request_id", "r.counterparty", "r.purpose", "r.submitted_at"])
    .select([decidingAmount.as("amount"), decidingCurrency.as("currency")])
    .select(sql<boolean>`r.confidential_reason is not null`.as("confidential"))
    .where("r.entity_id", "=", beside.entityId)
    .where("r.request_id", "<>", beside.requestId)
    // What replaces a copy of a request asks for the same again, and names it.
    .where("r.request_id", "is distinct from", beside.makeUpOf)
    .where("r.number", "is not", null)
    .where("r.state", "in", counting)
    .$if(heard !== undefined, (query) => query.where(heard as never))
    .orderBy("r.submitted_at", "desc")
    .limit(most);

interface Alike extends Beside {
  readonly names: readonly string[];
  /** What the names of their branches hold. */
  readonly stems: readonly string[];
  readonly since: Date;
}
/** Requests of like counterparties: of one by its name, or by that of a branch. */
const alikeRequests = (reader: Reader, alike: Alike, heard?: ReturnType<typeof maySee>) => {
  const written = folded(sql.ref("r.counterparty"));
  const { names, stems, since } = alike;
  const counted = countedRequests(reader, alike, heard).where("r.submitted_at", ">=", since);
  const byName = counted.where((eb) => eb(written, "=", eb.fn.any(eb.val(names))));
  // Each by its own index: asked as one condition, every name that was found would be folded again.
  const byBranch = counted.where(isBranchOf(stems)).where((eb) => eb.not(eb(written, "=", eb.fn.any(eb.val(names)))));
  return sql`(${byName} union all ${byBranch})`.as("r") as unknown as AliasedExpression<
    InferResult<typeof byName>[number],
    "r"
  >;
};
/** Like requests mostly say the same words: each wording comes once, with those that say it. */
const likeWordings = (reader: Reader, alike: Alike, heard?: ReturnType<typeof maySee>) =>
  reader
    .selectFrom(alikeRequests(reader, alike, heard))
    .select(["r.counterparty", "r.purpose", "r.amount", "r.currency", "r.confidential"])
    .select(sql<string[]>`(array_agg(r.request_id order by r.submitted_at desc))[1:${sql.lit(mostListed)}]`.as("ids"))
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .select(({ fn }) => fn.min("r.submitted_at").as("submitted_at"))
    .groupBy(["r.counterparty", "r.purpose", "r.amount", "r.currency", "r.confidential"])
    .orderBy((eb) => eb.fn.max("r.submitted_at"), "desc");

type Before = Alike & SameAsked;
/** What was asked for before: with the same documents, and of the same counterparty. */
const askedBefore = (reader: Reader, before: Before, heard?: ReturnType<typeof maySee>) =>
  reader.selectNoFrom([
    jsonArrayFrom(sameDocuments(reader, before.requestId, before, most)).as("same"),
    jsonArrayFrom(likeWordings(reader, before, heard)).as("wordings"),
  ]);
const selectBefore = statement((reader, before: Before) => askedBefore(reader, before));

/**
 * What is to be asked about a request: splitting, repetition, copies (C20), with what the draft answers already. With `hears`
 * by the requests alone that this person reads: a draft is changed and asked about as often as one likes, so that who tried
 * amounts against a limit would learn those of requests he may not see. Once it is submitted it is asked by all of them.
 */
export async function askQuestions(
  reader: Reader,
  now: number,
  { row, documents, series, facts, around }: LoadedRequest,
  {
    rules: { rules },
    settings,
    asked,
    addedBefore,
  }: Pick<UseJudged, "rules" | "settings" | "asked"> & { readonly addedBefore: readonly AddedBefore[] },
  hears?: string,
): Promise<AnsweredQuestion[]> {
  const { splitWithin, copiesUsual } = settingsOn(settings, now);
  const beside = { entityId: row.entity_id, requestId: row.request_id, makeUpOf: row.make_up_of };
  const heard = hears === undefined ? undefined : maySee(hears, now);
  const counted = countedRequests(reader, beside, heard);
  const named = [
    ...new Set(facts.documents.flatMap((one) => one.facts?.counterparties.map(({ name }) => name) ?? [])),
  ].slice(0, mostNamed);
  const parties = [row.counterparty, ...named].filter((name) => name.trim() !== "");
  const before = {
    ...{ ...beside, ...toSameAsked(onlyOnce(documents)), since: new Date(now - splitWithin * 86_400_000) },
    // A request without an amount is no part of a sum.
    names: asked.amount === null ? [] : [...new Set(parties.flatMap(listLikeNames))],
    stems: asked.amount === null ? [] : [...new Set(parties.map(stemForBranches))].filter((stem) => stem !== ""),
  };
  const [read] =
    heard === undefined ? await selectBefore(reader, before) : await askedBefore(reader, before, heard).execute();
  const { same, wordings } = read ?? { same: [], wordings: [] };
  const like = wordings.flatMap(({ ids, count, ...words }) =>
    ids.map((id, at) => ({ ...words, request_id: id, unlisted: at === 0 ? Number(count) - ids.length : 0 })),
  );
  const others =
    same.length === 0
      ? []
      : await counted
          .where(
            "r.request_id",
            "in",
            same.map((one) => one.requestId),
          )
          .execute();
  const earlier = [
    ...new Map(
      [...others.map((one) => ({ ...one, unlisted: 0 })), ...like].map((one) => [one.request_id, one]),
    ).values(),
  ];
  const agreed =
    row.standing_id === null
      ? null
      : await counted
          // What passed under a standing authorisation nobody agreed to by itself.
          .where("r.standing_id", "is", null)
          .where("r.authorised_at", "is not", null)
          .where("r.counterparty_kind", "=", asked.counterpartyKind)
          .where(folded(sql.ref("r.counterparty")), "in", ["", ...listLikeNames(row.counterparty)])
          .execute();
  // A series is asked about as one: under its name, and as asked for before where any of its documents was.
  const keyOf = (digest: string): string => (series ? series.seriesId : digest);
  const told = (series ? documents.slice(0, 1) : documents).map(({ documentId, name, digest, placements }) => ({
    ...{ documentId: series ? series.seriesId : documentId, name: series ? series.listName : name },
    ...{ digest: keyOf(digest), impressions: placements.length },
    otherAmounts: series ? null : readOtherAmounts(facts, documentId),
  }));
  const answers = row.question_answers as QuestionAnswer[];
  return listQuestions({
    ...{ rules, asked, now, splitWithin, copiesUsual, counterparty: row.counterparty, purpose: row.purpose },
    ...{ named, ownNames: around.ownNames },
    ...{ documents: told, addedBefore },
    ...(agreed ? { agreedAsKind: agreed.map((one) => one.counterparty) } : {}),
    ...(series ? { series: { count: series.total, sum: series.sum === null ? null : Number(series.sum) } } : {}),
    earlier: earlier.map((one) => ({
      ...{ requestId: one.request_id, counterparty: one.counterparty, purpose: one.purpose, currency: one.currency },
      amount: one.amount === null ? null : Number(one.amount),
      submittedAt: one.submitted_at === null ? 0 : new Date(one.submitted_at).getTime(),
      digests: same.filter(({ requestId }) => requestId === one.request_id).map(({ digest }) => keyOf(digest)),
      ...{ confidential: one.confidential, unlisted: one.unlisted },
      sealed: same.some(({ requestId, sealed }) => requestId === one.request_id && sealed),
    })),
  }).map((question) => ({ ...question, answer: answers.find(({ key }) => key === question.key)?.reason ?? null }));
}

function readOtherAmounts({ documents, declared }: LoadedRequest["facts"], documentId: string): OtherAmounts | null {
  const read = documents.find((one) => one.documentId === documentId)?.facts;
  return read ? listOtherAmounts(read, declared) : null;
}

const onlyOnce = <T extends { readonly digest: string }>(documents: readonly T[]): T[] => [
  ...new Map(documents.map((one) => [one.digest, one])).values(),
];

/** Whether what a question counts is something else than the other requests it is about. */
const countsPeople = ({ kind, related }: AnsweredQuestion): boolean =>
  kind === "added-reviewer" || related.length === 0;

type Shown = RouteAnswer<"GET /v1/seal-use-requests/:requestId">["questions"];

/**
 * Questions as a person sees them. Whoever decides learns of the other requests what the question is about, and opens
 * those he may see. Who asks is told no question that rests on a request he does not read. Of a confidential one that he
 * does not read nobody learns more than that there is one.
 */
export async function showQuestions(
  reader: Reader,
  env: Environment,
  questions: readonly AnsweredQuestion[],
  viewer: { readonly personId: string; readonly asks: boolean },
): Promise<Shown> {
  const ids = [...new Set(questions.flatMap((one) => one.related))];
  if (questions.length === 0) return [];
  const rows =
    ids.length === 0
      ? []
      : await reader
          .selectFrom("seal_use_requests as r")
          .select(["r.request_id", "r.number", "r.submitted_at", "r.applicant_id"])
          .select([decidingAmount.as("amount"), decidingCurrency.as("currency")])
          .select("r.confidential_reason")
          .select((eb) => maySee(viewer.personId, env.clock.now())(eb as never).as("opens"))
          .where("r.request_id", "in", ids)
          .orderBy("r.submitted_at", "desc")
          .execute();
  const person = await readPeople(
    reader,
    rows.map((one) => one.applicant_id),
  );
  const opens = new Set(rows.flatMap((one) => (one.opens ? [one.request_id] : [])));
  const heard = viewer.asks
    ? questions.filter(({ related }) => related.every((requestId) => opens.has(requestId)))
    : questions;
  return heard.map((question) => {
    const { sentence } = describe(questionCode(question), question.facts);
    const told = rows.filter(
      (one) => question.related.includes(one.request_id) && (one.opens || (!viewer.asks && !one.confidential_reason)),
    );
    return {
      ...{ key: question.key, kind: question.kind, sentence, answer: question.answer },
      related: told.map((one) => ({
        ...{ number: one.number ?? "", amount: one.amount, currency: one.currency },
        requestId: one.opens ? one.request_id : null,
        submittedAt: (one.submitted_at ?? new Date(0)).toISOString(),
        applicant: person(one.applicant_id),
      })),
      untold: question.related.length - told.length,
      unlisted: countsPeople(question) ? 0 : Number(question.facts.count) - question.related.length,
    };
  });
}
