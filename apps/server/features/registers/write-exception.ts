import {
  type ClassBook,
  type DeclaredFact,
  isLooser,
  joinHalves,
  type SettingKey,
  sayFact,
  settingDefinitions,
} from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { sha256 } from "../ledger/record-event.ts";
import { writeRegisterLines } from "./write-line.ts";

/** What of a request's blanks was answered: a line for each document whose answers are not in the book yet. */
export async function writeAnsweredBlanks(
  tx: Tx,
  env: Environment,
  request: {
    requestId: string;
    number: string;
    entityId: string;
    unitId: string | null;
    applicantId: string;
    sealIds: readonly string[];
    eventId: string;
    documents: readonly { documentId: string; name: string; answers: readonly { placeId: string; reason: string }[] }[];
  },
): Promise<void> {
  const answered = request.documents.filter((document) => document.answers.length > 0);
  if (answered.length === 0) return;
  const kept = await tx
    .selectFrom("register_lines")
    .select("facts")
    .where("register", "=", "exceptions")
    .where("request_id", "=", request.requestId)
    .where("kind", "=", "answered-blank")
    .execute();
  const known = new Set(kept.map((row) => String(row.facts.answers)));
  const lines = answered
    .map((document) => ({ ...document, digest: digestOf([document.documentId, document.answers]) }))
    .filter((document) => !known.has(document.digest));
  await writeRegisterLines(
    tx,
    env,
    lines.map((document) => {
      const reasons = [...new Set(document.answers.map((answer) => answer.reason))];
      return {
        ...{ register: "exceptions", kind: "answered-blank", entityId: request.entityId, eventId: request.eventId },
        ...{ requestId: request.requestId, unitId: request.unitId, sealId: request.sealIds[0] ?? null },
        personIds: [request.applicantId],
        facts: {
          ...{ request: request.number, documentName: document.name, places: document.answers.length },
          ...{
            reason: reasons.join(" \u00b7 ").slice(0, 400),
            applicant: request.applicantId,
            answers: document.digest,
          },
        },
        words: [request.number, document.name, ...reasons],
      };
    }),
  );
}

/** A reviewer found the application right against what the document says: so it stands in the book. */
export async function writeFactRuling(
  tx: Tx,
  env: Environment,
  ruling: {
    requestId: string;
    number: string;
    entityId: string;
    unitId: string | null;
    sealId: string | null;
    eventId: string;
    applicantId: string;
    ruledBy: string;
    fact: DeclaredFact;
    declared: string;
    read: string;
    reason: string;
    classes: ClassBook;
  },
): Promise<void> {
  const { requestId, number, entityId, unitId, sealId, eventId, applicantId, ruledBy, fact, reason } = ruling;
  const [declared, read] = [ruling.declared, ruling.read].map((value) => {
    const { en, zh } = sayFact(fact, value, ruling.classes);
    return joinHalves({ en, zh }).slice(0, 200);
  });
  await writeRegisterLines(tx, env, [
    {
      ...{ register: "exceptions", kind: "fact-settled", entityId, eventId, requestId, unitId, sealId },
      personIds: [applicantId, ruledBy],
      facts: {
        request: number,
        factAsked: fact,
        declared: declared ?? "",
        read: read ?? "",
        reason,
        applicant: applicantId,
        by: ruledBy,
      },
      words: [number, declared ?? "", read ?? "", reason],
    },
  ]);
}

const digestOf = (value: unknown): string =>
  `sha256:${Buffer.from(sha256(Buffer.from(JSON.stringify(value), "utf8"))).toString("hex")}`;

/** A rule that was loosened, or is no longer; it holds for every entity, so it stands in the book of each. */
export async function writeSettingException(
  tx: Tx,
  env: Environment,
  change: {
    key: SettingKey;
    before: number;
    value: number;
    until: string | null;
    reason: string;
    askedBy: string;
    confirmedBy: string;
    eventId: string;
  },
): Promise<void> {
  const { key, before, value, askedBy, confirmedBy } = change;
  const looser = isLooser(key, value);
  if (!looser && !isLooser(key, before)) return;
  const entities = await tx.selectFrom("entities").select("entity_id").orderBy("entity_id").execute();
  const usual = settingDefinitions[key].default;
  await writeRegisterLines(
    tx,
    env,
    entities.map(({ entity_id: entityId }) => ({
      ...{ register: "exceptions", kind: looser ? "setting-loosened" : "setting-restored", entityId },
      ...{ eventId: change.eventId, personIds: [askedBy, confirmedBy] },
      facts: { setting: key, value, usual, until: change.until, reason: change.reason, askedBy, confirmedBy },
      words: [settingDefinitions[key].name.en, settingDefinitions[key].name.zh, change.reason],
    })),
  );
}
