import { attemptsADay, commitmentLetter, commitmentVersion, findLastFitDay, listUnfitRefusals } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { type FitnessReader, readFitness, type SealToHold } from "../custody/fit-to-hold.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { getEvidenceView } from "../evidence/service.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { readSettings } from "../settings/read-settings.ts";
import { watches } from "../tasks/read-model.ts";
import { commitmentDigest } from "./commitment.ts";
import { type CourseInForce, getCourse, readCourses } from "./courses.ts";
import { countAttemptsToday, figuresOf } from "./take-course.ts";

type Overview = HandlerAnswer<"GET /v1/training">;
type Summary = Overview["courses"][number];
type CourseView = HandlerAnswer<"GET /v1/courses/:courseId">;

async function summarise(env: Environment, personId: string, courses: readonly CourseInForce[]): Promise<Summary[]> {
  const now = env.clock.now();
  const settings = await readSettings(env.db, now);
  const madeToday = await countAttemptsToday(env.db, personId, now);
  const attempts = await env.db
    .selectFrom("training_attempts")
    .selectAll()
    .where("person_id", "=", personId)
    .orderBy("at", "desc")
    .execute();
  return courses.map((one) => {
    const made = attempts.filter((row) => row.course_id === one.courseId);
    const [last] = made;
    const untils = made.flatMap((row) => row.valid_until ?? []);
    return {
      ...{ courseId: one.courseId, version: one.version, title: one.course.title, forCustody: one.course.forCustody },
      ...{ questions: one.course.questions.length, ...figuresOf(one, settings) },
      attemptsLeftToday: Math.max(0, attemptsADay - madeToday(one.courseId)),
      lastAttempt: last
        ? {
            ...{ at: last.at.toISOString(), version: last.version, correct: last.correct, total: last.total },
            ...{ passed: last.passed, validUntil: last.valid_until },
          }
        : null,
      certificateUntil: untils.toSorted().at(-1) ?? null,
    };
  });
}

/** What a person has to do, and has done, to be fit to hold what he holds. */
export async function readTraining(env: Environment, personId: string): Promise<Overview> {
  const signed = await env.db
    .selectFrom("commitments")
    .select(["version", "at"])
    .where("person_id", "=", personId)
    .orderBy("version", "desc")
    .executeTakeFirst();
  const fitness = await readFitness(env.db, env, [personId]);
  const held = (await readHeldSeals(env.db)).filter((one) => one.custodians.includes(personId));
  return {
    courses: await summarise(env, personId, await readCourses(env.db)),
    commitment: {
      ...{ version: commitmentVersion, paragraphs: [...commitmentLetter], digest: commitmentDigest(personId) },
      signed: signed ? { version: signed.version, at: signed.at.toISOString() } : null,
    },
    demandedFrom: fitness.demandedFrom,
    seals: held.map((one) => showFitness(fitness, personId, one.seal)),
  };
}

/** A course to read and answer. Built field by field: what is right never gets near the answer. */
export async function readCourse(env: Environment, personId: string, courseId: string): Promise<CourseView> {
  const inForce = await getCourse(env.db, courseId);
  const [summary] = await summarise(env, personId, [inForce]);
  if (!summary) throw problems.notFound();
  const { questions: _, ...figures } = summary;
  return {
    ...figures,
    text: [...inForce.course.text],
    documents: await Promise.all(inForce.documents.map((evidenceId) => getEvidenceView(env.db, evidenceId))),
    questions: inForce.course.questions.map(({ questionId, section, control, asks, choices }) => ({
      ...{ questionId, section, control, asks, choices: [...choices] },
    })),
  };
}

/** A course as whoever changes it reads it: right answers, and null where the organisation's setting holds. */
export async function readCourseSource(
  env: Environment,
  courseId: string,
): Promise<HandlerAnswer<"GET /v1/courses/:courseId/source">> {
  const { version, course, documents } = await getCourse(env.db, courseId);
  return {
    ...course,
    text: [...course.text],
    questions: course.questions.map((one) => ({ ...one, choices: [...one.choices] })),
    documents: await Promise.all(documents.map((evidenceId) => getEvidenceView(env.db, evidenceId))),
    version,
  };
}

interface HeldSeal {
  readonly seal: SealToHold & { readonly number: string; readonly name_en: string; readonly name_zh: string };
  readonly custodians: readonly string[];
}

/** The seals that are used or could be, each with everybody who answers for a body of it. */
async function readHeldSeals(reader: Reader, entityId?: string): Promise<HeldSeal[]> {
  let query = reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.body_id", "s.seal_id", "s.entity_id", "s.important", "s.number", "s.name_en", "s.name_zh"])
    .where("b.state", "in", ["in-use", "frozen", "in-handover", "taken-out"])
    .orderBy("s.number")
    .orderBy("b.body_id");
  if (entityId) query = query.where("s.entity_id", "=", entityId);
  const rows = await query.execute();
  const heldNow = await readHeldNow(
    reader,
    rows.map((row) => row.body_id),
  );
  const seals = new Map<string, HeldSeal>();
  for (const row of rows) {
    const before = seals.get(row.seal_id)?.custodians ?? [];
    seals.set(row.seal_id, {
      seal: row,
      custodians: [...new Set([...before, ...custodiansOf(heldNow(row.body_id))])],
    });
  }
  return [...seals.values()];
}

function showFitness({ factsOf }: FitnessReader, personId: string, seal: HeldSeal["seal"]): Overview["seals"][number] {
  const facts = factsOf(personId, seal, true);
  const refusals = listUnfitRefusals(facts);
  return {
    seal: { sealId: seal.seal_id, number: seal.number, name: { en: seal.name_en, zh: seal.name_zh } },
    important: seal.important,
    fit: refusals.length === 0,
    refusals: refusals.map(toRefusalView),
    lastFitDay: refusals.length === 0 ? findLastFitDay(facts) : null,
  };
}

/** The custodians of an entity with what they are fit for, those first who are not, then those who will not be soonest. */
export async function listCustodianFitness(
  env: Environment,
  personId: string,
  entityId: string,
): Promise<HandlerAnswer<"GET /v1/custodian-fitness">> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  if (!watches(grants, entityId)) throw problems.notFound();
  const held = await readHeldSeals(env.db, entityId);
  const people = held.flatMap((one) => one.custodians);
  const fitness = await readFitness(env.db, env, people);
  const named = await readPeople(env.db, people);
  const items = held.flatMap(({ seal, custodians }) =>
    custodians.flatMap((custodian) => {
      const person = named(custodian);
      if (!person) return [];
      const { certificateUntil, committed } = fitness.factsOf(custodian, seal, true);
      return [{ ...showFitness(fitness, custodian, seal), person, certificateUntil, committed }];
    }),
  );
  const rank = (one: (typeof items)[number]): string => (one.fit ? (one.lastFitDay ?? "9999-12-31") : "");
  return { demandedFrom: fitness.demandedFrom, items: items.toSorted((a, b) => rank(a).localeCompare(rank(b))) };
}
