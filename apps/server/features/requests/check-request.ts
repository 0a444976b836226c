import {
  type ApplicationFacts,
  type ApplicationField,
  classIn,
  decideFacts,
  decidePlaces,
  isForReaders,
  lastDayOfValidity,
  listApplicationRefusals,
  listFaultyPapers,
  listForeignPaperRefusals,
  listMakeUpRefusals,
  listMissingFields,
  listTakenBackRefusals,
  listUseModeRefusals,
  nameClass,
  needsReader,
  type Profile,
  type Refusal,
  refuse,
  type SealType,
  type StepFallen,
  type StepKept,
  superviseSheets,
} from "@chancery/domain";
import type { SqlBool } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { listRefusalsOfConfidential } from "../confidential/readers.ts";
import { listSeriesRefusals } from "../document-series/series-of-request.ts";
import { listNamedRefusals } from "../forms/request-forms.ts";
import { listRefusalsOfSheets } from "../forms/sheets-of-request.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { kindIdOf, productKinds, readKinds, rulesOf } from "../seals/seal-types.ts";
import { carryAdded, readAddedBefore } from "./added-before.ts";
import { askQuestions } from "./ask-questions.ts";
import { readCheckGround } from "./check-ground.ts";
import { type FactsSeen, listOpen } from "./facts-seen.ts";
import { judgeUse, type SealOfUse, type UseAtHand, type UseJudged } from "./judge-use.ts";
import { digestParts, type PartDigests, planCarrying, planKeeping } from "./keep-approvals.ts";
import { type AnsweredQuestion, type LoadedRequest, openPlaces } from "./load-request.ts";
import { readObjections } from "./objections.ts";
import { emergencyFacts } from "./request-row.ts";

export interface RequestCheck {
  refusals: Refusal[];
  suggested: readonly string[];
  /** Every seal of the entity with what speaks against it on these documents. */
  seals: UseJudged["seals"];
  route: UseJudged["route"];
  missing: ApplicationField[];
  /** What the rules of use say: their version, the rows that fired, the limits, the papers they ask for. */
  rules: UseJudged["rules"] | null;
  /** What the documents say, and what decides. */
  facts: FactsSeen;
  /** Disagreements that keep the request from being submitted until the applicant says why they are as he declared. */
  unanswered: readonly string[];
  today: string;
  timeZone: string;
  entityCode: string;
  /** What is asked about it, with the answers the draft has; nothing is refused for it. */
  questions: AnsweredQuestion[];
  /** What stands of the round that was returned, step by step of the route; and what the next one rests on. */
  keeping: readonly StepKept[];
  parts: PartDigests | null;
  /** What that round had, by agreement or because somebody added it, and the next one has not. */
  fallen: readonly StepFallen[];
  validUntil: string | null;
  /** The seals of the request, as the rules see them. */
  important: boolean;
}

/**
 * What submitting would be answered, by the same rules: completeness, the right seal, blanks, the route. With `hears` it
 * asks nothing that rests on requests this person does not read.
 */
export async function checkRequest(
  reader: Reader,
  env: Environment,
  loaded: LoadedRequest,
  hears?: string,
): Promise<RequestCheck> {
  const { row, documents, sealIds } = loaded;
  const { around } = loaded;
  const profile = around.profile as Profile;
  const timeZone = around.timeZone ?? "UTC";
  const today = dayIn(timeZone, env.clock.now());
  const { seals: rows, inForce, who, debts, askedBefore } = await readCheckGround(reader, loaded, env.clock.now());
  const kindOf = rows.some((seal) => seal.edited) ? await readKinds(reader, rows) : productKinds(rows);
  const isByHand = row.use_mode === "by-hand";
  const asUsed = (seal: (typeof rows)[number]): SealOfUse => ({
    entry: {
      ...{
        sealId: seal.seal_id,
        type: seal.type as SealType,
        external: seal.external,
        kind: rulesOf(kindOf(seal), loaded.facts.classes),
      },
      kindId: kindIdOf(seal),
      // A file is sealed with the key, paper with a piece: neither says anything for the other.
      inUse: isByHand ? Boolean(seal.piece) : seal.state === "in-use",
    },
    ...{ entityId: seal.entity_id, important: seal.important },
  });
  const chosen = rows.filter((seal) => sealIds.includes(seal.seal_id));
  const application: ApplicationFacts = {
    title: row.title,
    purpose: row.purpose,
    documentClass: row.document_class,
    external: row.external,
    counterparty: row.counterparty,
    entityId: row.entity_id,
    // Documents of a series have the same seals: what holds for the first holds for each.
    impressions: (loaded.series ? documents.slice(0, 1) : documents).map((document) => document.placements.length),
    sealEntities: chosen.map((seal) => seal.entity_id),
    validUntil: row.valid_until,
    today,
  };
  const missing = listMissingFields(application);
  const refusals: Refusal[] = listApplicationRefusals(application);
  // Where the rules make the route whoever objected is asked by them; an emergency and a standing use would pass over him.
  const isByRules = row.emergency_reason === null && row.standing_id === null;
  const at: UseAtHand = {
    ...{ loaded, entityId: row.entity_id, profile, today, inForce, who },
    // A seal without what it would be used with is told by its use mode, with the way out.
    chosen: chosen.map((seal) => {
      const use = asUsed(seal);
      return hasBody(seal, isByHand) ? use : { ...use, entry: { ...use.entry, inUse: true } };
    }),
    own: rows.filter((seal) => seal.entity_id === row.entity_id).map(asUsed),
    objections: isByRules ? [] : await readObjections(reader, env.clock.now(), loaded, hears),
  };
  const judged = row.document_class === null ? null : await judgeAsRead(reader, env, at);
  refusals.push(...(judged?.use.refusals ?? []));
  if (row.document_class !== null) refusals.push(...listRefusalsOfMode(loaded, chosen));
  for (const document of loaded.series ? documents.slice(0, 1) : documents)
    refusals.push(
      ...decidePlaces(
        document.name,
        document.placements.flatMap(({ sealId, page, xMm, yMm }) => {
          const seal = chosen.find((one) => one.seal_id === sealId);
          const paper = document.pages[page];
          return seal && paper
            ? [{ page, xMm, yMm, seal: { widthMm: seal.width_mm, heightMm: seal.height_mm }, paper }]
            : [];
        }),
      ),
    );

  // First what is true of a sheet: that something which passes for one is empty as well is the lesser reason.
  refusals.push(...listRefusalsOfSheets(loaded.sheets, loaded));
  if (documents.some((document) => document.unfinished.some((place) => !place.answerable)))
    refusals.push(refuse("entry.empty-page", {}, "C05"));
  // What no reason answers for is told above, and not a second time as a place that one would.
  const unanswerable = documents.flatMap(({ unfinished }) => unfinished.filter((place) => !place.answerable)).length;
  const open = openPlaces(documents) - unanswerable;
  if (open > 0) refusals.push(refuse("entry.unfinished", { places: open }, "C05"));
  if (loaded.series)
    refusals.push(
      ...listSeriesRefusals(loaded.series, {
        ...{ emergency: row.emergency_reason !== null, standing: row.standing_id !== null },
        documentIds: documents.map(({ documentId }) => documentId),
      }),
    );
  if (loaded.facts.notCompared > 0) refusals.push(refuse("facts.not-compared", {}, "C03"));

  if (row.paper_printed_by !== null)
    refusals.push(...listForeignPaperRefusals({ printedBy: row.paper_printed_by, documents }));
  refusals.push(...listMakeUpRefusals(loaded.makeUp));
  refusals.push(...listTakenBackRefusals(emergencyFacts(row)));
  refusals.push(...listFaultyPapers(loaded.attachments, documents));
  refusals.push(...(await listRefusalsOfConfidential(reader, row)));
  refusals.push(...debts);
  if (loaded.forms.length > 0) {
    const request = { requestId: row.request_id, applicantId: row.applicant_id, entityId: row.entity_id };
    refusals.push(...(await listNamedRefusals(reader, request, loaded.forms)));
  }
  const facts = judged?.facts ?? loaded.facts.seen;
  const planned = await planCarrying(reader, env, loaded, judged?.use.route ?? []);
  const { fallen } = planned;
  const addedBefore = judged && askedBefore ? await readAddedBefore(reader, env, loaded, planned.route, hears) : [];
  // Neither an emergency nor a standing authorisation asks whom people added: there it is told, and the latter refuses.
  const route = isByRules ? await carryAdded(reader, env, loaded, planned.route, addedBefore) : planned.route;
  const rules = judged ? superviseUse(judged.use.rules, loaded.sheets) : null;
  const questions = judged
    ? await askQuestions(reader, env.clock.now(), loaded, { ...judged.use, addedBefore }, hears)
    : [];
  // An answer to a question is for whoever decides, and here nobody would read it.
  if (row.standing_id !== null && questions.some(({ kind }) => needsReader(kind)))
    refusals.push(refuse("standing.asked", {}, "C20"));
  const validUntil = rules && lastDayOfValidity(row.valid_until, today, rules.decided.limits.validDays);
  const parts =
    rules &&
    digestParts({
      ...{ documents, series: loaded.series, forms: loaded.forms, attachments: loaded.attachments, questions },
      ...{ joint: loaded.joint, makeUp: loaded.makeUp },
      row: {
        ...{ ...row, valid_until: validUntil, rules_version: rules.versionId },
        ...{ rules_fired: { ...rules.decided.fired }, facts_seen: { ...facts } as unknown as Record<string, unknown> },
        emergency_until: row.emergency_reason === null ? null : new Date(0),
      },
    });
  return {
    ...{ fallen, keeping: parts ? planKeeping(loaded, route, parts, facts) : [], parts, validUntil },
    refusals,
    suggested: judged?.use.suggested ?? [],
    seals: judged?.use.seals ?? [],
    route,
    missing,
    ...{ rules, questions, facts },
    unanswered: judged?.unanswered ?? [],
    ...{ today, timeZone },
    entityCode: around.entityCode ?? "",
    important: chosen.some((seal) => seal.important),
  };
}

interface SealWithBodies {
  readonly type: string;
  /** Of its electronic body; null where it has none. */
  readonly state: string | null;
  readonly piece: SqlBool;
}

const hasBody = (seal: SealWithBodies, byHand: boolean): boolean =>
  byHand ? Boolean(seal.piece) : seal.state !== null;

/** Whether its seals may be used as it asks for: electronically, or by hand on so many copies. */
function listRefusalsOfMode(loaded: LoadedRequest, chosen: readonly SealWithBodies[]): Refusal[] {
  const { row, documents, facts, joint, series, sheets } = loaded;
  const id = facts.seen.decisive.documentClass;
  return listUseModeRefusals({
    wanted: { mode: row.use_mode, copies: row.copies, paperReason: row.paper_reason ?? "" },
    ...{ electronic: classIn(facts.classes, id).electronic, className: nameClass(facts.classes, id) },
    places: documents.reduce((sum, document) => sum + document.placements.length, 0),
    seals: chosen.map((seal) => ({ sealType: seal.type, piece: hasBody(seal, true), key: hasBody(seal, false) })),
    ...{ joint: joint !== null, series: series !== null, blankSheets: sheets.length > 0 },
    standing: row.standing_id !== null,
  });
}

/** Blank sheets are sealed under the eyes of a second person, whatever the rules say. */
function superviseUse(rules: UseJudged["rules"], sheets: LoadedRequest["sheets"]): UseJudged["rules"] {
  const { decided } = rules;
  return { ...rules, decided: { ...decided, limits: superviseSheets(decided.limits, sheets) } };
}

/**
 * Judges by what the documents say where that is stricter. If only that stands against the use, the applicant may say why
 * it is as he declared: then it goes on, by the route the documents ask for, and nobody approves it before a reviewer has
 * settled each such place. Without that a misreading would leave him no way out; with it nothing is decided by him.
 */
async function judgeAsRead(
  reader: Reader,
  env: Environment,
  at: UseAtHand,
): Promise<{ use: UseJudged; facts: FactsSeen; unanswered: readonly string[] }> {
  const { declared, documents, seen, settled, answers, classes } = at.loaded.facts;
  const strict = await judgeUse(reader, env, at, seen.decisive);
  // That pages are pictures, or show something else than what was read, lets nothing pass and refuses nothing: a reviewer reads them, whatever the applicant says.
  const open = listOpen(at.loaded.facts).filter((one) => !isForReaders(one));
  if (strict.refusals.length === 0 || open.length === 0) return { use: strict, facts: seen, unanswered: [] };
  const all = new Set([...settled, ...open.map((one) => one.key)]);
  const said = await judgeUse(reader, env, at, decideFacts(declared, documents, seen.disagreements, all, classes));
  const same = (a: Refusal, b: Refusal): boolean =>
    a.code === b.code && JSON.stringify(a.facts) === JSON.stringify(b.facts);
  const onlyRead = strict.refusals.filter((one) => !said.refusals.some((other) => same(one, other)));
  if (onlyRead.length === 0) return { use: strict, facts: seen, unanswered: [] };
  const answered = new Set(answers.flatMap(({ key, reason }) => (reason.trim() === "" ? [] : [key])));
  const unanswered = open.flatMap(({ key }) => (answered.has(key) ? [] : [key]));
  if (unanswered.length > 0) {
    const differ = refuse("facts.differ", { count: unanswered.length }, "C06");
    return { use: { ...strict, refusals: [...strict.refusals, differ] }, facts: seen, unanswered };
  }
  const hasRoute = strict.route.length > 0;
  const [scope, rest] = [said.rules.decided, (hasRoute ? strict : said).rules.decided];
  const decided = {
    ...{ refusals: said.refusals, scope: scope.scope, attachments: scope.attachments },
    ...{ steps: rest.steps, limits: rest.limits },
    fired: { scope: scope.fired.scope, route: rest.fired.route, limits: rest.fired.limits },
  };
  const use = { ...said, route: hasRoute ? strict.route : said.route, rules: { ...said.rules, decided } };
  return { use, facts: { ...seen, blocking: true }, unanswered: [] };
}
