import {
  baseOfClass,
  type ClassBook,
  classIn,
  classLimits,
  DOCUMENT_CLASS_IDS,
  type DocumentClass,
  type DocumentClassId,
  decideByRules,
  ELECTRONIC_USES,
  isDocumentClassId,
  isOwnClass,
  listClassRefusals,
  type Refusal,
  type RuleSet,
  refuse,
  starterClass,
} from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { readHeadEntity, readRulesInForce } from "../rules/read-rules.ts";
import { readTypeVersions } from "../seals/seal-types.ts";
import { readClassBook } from "./class-rows.ts";

const Name = z.object({ en: z.string().trim().max(80), zh: z.string().trim().max(80) });
const Reason = z.object({ en: z.string().trim().max(300), zh: z.string().trim().max(300) });
const ClassData = z.object({
  /** Null where a class of the organisation's own is added. */
  classId: z.string().refine(isDocumentClassId).nullable(),
  /** What it is based on; of a starter class itself. */
  base: z.enum(DOCUMENT_CLASS_IDS),
  /** The version that is changed; 0 where one is added. */
  version: z.number().int().min(0),
  name: Name,
  makesRights: z.boolean(),
  external: z.boolean(),
  /** Not said where it was asked for before classes had it. */
  confidential: z.boolean().default(false),
  electronic: z.enum(ELECTRONIC_USES),
  electronicReason: Reason,
  sealKinds: z.array(z.string().max(60)).max(classLimits.kinds),
  words: z.array(z.string().trim().min(2).max(classLimits.word)).max(classLimits.words),
  retired: z.boolean(),
});
type Data = z.output<typeof ClassData>;

/** The class as it would be; one that is added has no id of its own before it is there. */
function wantedClass({ classId, base, version, ...rest }: Data, newPart = "new"): DocumentClass {
  const id: DocumentClassId = (classId as DocumentClassId | null) ?? `${base}--${newPart}`;
  return {
    ...{ classId: id, version: version + 1, ...rest },
    // Which seals stand on a starter class their kinds say.
    sealKinds: isOwnClass(id) ? rest.sealKinds : starterClass(base).sealKinds,
  };
}

const sameFacts = (a: DocumentClass, b: DocumentClass): boolean => {
  const pick = ({
    name,
    makesRights,
    external,
    confidential,
    electronic,
    electronicReason,
    sealKinds,
    words,
    retired,
  }: DocumentClass) =>
    JSON.stringify([
      ...[name.en, name.zh, makesRights, external, electronic, electronicReason.en, electronicReason.zh],
      ...[sealKinds, words, retired, confidential],
    ]);
  return pick(a) === pick(b);
};

/** Whether the rules would have a lawyer read such a document; as plain a request as there is. */
function goesToLegal(rules: RuleSet, wanted: DocumentClass): boolean {
  const { steps } = decideByRules(rules, {
    ...{ documentClass: wanted.classId, makesRights: wanted.makesRights, external: wanted.external },
    ...{ counterpartyKind: "unknown", amount: null, currency: rules.currency, template: "none", impressions: 1 },
    ...{ seals: [{ sealId: "seal", type: "official", important: true }], attachments: [] },
  });
  return steps.some(({ output }) => output.decider === "legal-review");
}

/**
 * A class that makes rights on a base that makes none has no rule that names its base: it goes to legal review only where
 * the rules ask what a class makes. Where they would send a contract and not this, it would pass unread (C03).
 */
function isUnread(rules: RuleSet, wanted: DocumentClass): boolean {
  if (!wanted.makesRights || wanted.retired) return false;
  const contract = { ...starterClass("contract"), external: wanted.external };
  return goesToLegal(rules, contract) && !goesToLegal(rules, wanted);
}

async function listKindsUnknown(tx: Tx, wanted: DocumentClass, book: ClassBook): Promise<Refusal[]> {
  const before = book.get(wanted.classId)?.sealKinds ?? [];
  const added = wanted.sealKinds.filter((kind) => !before.includes(kind));
  if (!isOwnClass(wanted.classId) || added.length === 0) return [];
  const known = new Set((await readTypeVersions(tx)).map((kind) => kind.kindId));
  return added.filter((kind) => !known.has(kind)).map((kind) => refuse("class.seal-unknown", { kind }, "C07"));
}

/** A class of documents is added, changed or retired; from then on, for every request that is submitted. */
export const changeDocumentClass: MatterHandler = matterHandler<Data>({
  data: ClassData,
  subjects: ({ data }) => [`document-class:${data.classId ?? `new ${data.name.zh.toLowerCase()}`}`],
  check: async (tx, _, { row, data }) => {
    // Held, so that of two changes that take force at once the second one sees the first, as does whoever submits.
    await tx.selectFrom("installation").select("state").forUpdate().executeTakeFirstOrThrow();
    const head = await readHeadEntity(tx);
    const book = await readClassBook(tx);
    const wanted = wantedClass(data);
    const now = data.classId === null ? undefined : book.get(data.classId);
    if (data.classId !== null && (!now || baseOfClass(data.classId) !== data.base))
      return [refuse("class.unknown", {})];
    const refusals: Refusal[] = [];
    if (row.entity_id !== head.entityId) refusals.push(refuse("rules.other-entity", { entity: head.code }, "C11"));
    if ((now?.version ?? 0) !== data.version) refusals.push(refuse("class.changed-meanwhile", {}));
    else if (now && sameFacts(now, wanted)) refusals.push(refuse("class.unchanged", {}));
    refusals.push(...listClassRefusals(wanted, book), ...(await listKindsUnknown(tx, wanted, book)));
    const { rules } = await readRulesInForce(tx);
    if (isUnread(rules, wanted)) refusals.push(refuse("class.rules-do-not-know", {}, "C03"));
    return refusals;
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const now = env.clock.now();
    // The id begins with the base: rules and readers know by it what the class is based on.
    const wanted = wantedClass(data, newId("class", now).replace(/^class_|-/gu, ""));
    const { classId, version, name, electronicReason } = wanted;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "DocumentClassChanged", actorId: actor.personId, matterId: row.matter_id },
      facts: {
        ...{ documentClass: classId, base: data.base, version, makesRights: wanted.makesRights },
        ...{ external: wanted.external, electronic: wanted.electronic, retired: wanted.retired },
        confidential: wanted.confidential,
      },
    });
    await tx
      .insertInto("document_class_versions")
      .values({
        ...{ class_id: classId, version, name_en: name.en, name_zh: name.zh, makes_rights: wanted.makesRights },
        ...{ external: wanted.external, electronic: wanted.electronic, retired: wanted.retired },
        confidential: wanted.confidential,
        ...{ reason_en: electronicReason.en, reason_zh: electronicReason.zh, words: [...wanted.words] },
        ...{ seal_kinds: data.sealKinds, matter_id: row.matter_id, event_id: eventId, in_force_at: new Date(now) },
      })
      .execute();
  },
});

/** A class that a request may be submitted under: known, and not retired. */
export function listChoiceRefusals(book: ClassBook, id: DocumentClassId): Refusal[] {
  const found = book.get(id);
  if (!found) return [refuse("class.unknown", {})];
  const { en, zh } = classIn(book, id).name;
  return found.retired ? [refuse("class.retired", { documentClass: [...new Set([en, zh])].join(" · ") })] : [];
}
