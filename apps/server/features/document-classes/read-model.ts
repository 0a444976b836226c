import { baseOfClass, isOwnClass, isStarterClass, type MatterState, matterDefinition } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readHeadEntity } from "../rules/read-rules.ts";
import { listOwnClasses, readTypeVersions, type SealTypeNow } from "../seals/seal-types.ts";
import { type ClassVersion, makeBook, readClassVersions } from "./class-rows.ts";

type Answer = HandlerAnswer<"GET /v1/document-classes">;
type Version = Answer["items"][number]["earlier"][number];

const showVersion = (one: ClassVersion): Version => ({
  ...{ version: one.version, name: { ...one.name }, makesRights: one.makesRights, external: one.external },
  ...{ electronic: one.electronic, electronicReason: { ...one.electronicReason }, words: [...one.words] },
  confidential: one.confidential,
  ...{ sealKinds: [...one.sealKinds], retired: one.retired, inForceAt: one.inForceAt?.toISOString() ?? null },
  matterId: one.matterId as Version["matterId"],
});

/** Classes as they are now, their versions, and what a change of one can name; everybody reads them. */
export async function readDocumentClasses(env: Environment, personId: string): Promise<Answer> {
  const versions = await readClassVersions(env.db);
  const book = makeBook(versions);
  const kinds = newestOf(await readTypeVersions(env.db));
  const mayAskIn = await listEntitiesToAskIn(env, personId);
  const asked = mayAskIn.length === 0 ? [] : await readAsked(env);
  const nameOf = ({ kindId, name }: SealTypeNow) => ({ kindId, name: { ...name } });
  return {
    items: [...book.keys()].flatMap((classId): Answer["items"] => {
      const all = versions.filter((one) => one.classId === classId);
      const now = all.at(-1);
      if (!now) return [];
      const takes = (kind: SealTypeNow): boolean =>
        isStarterClass(classId)
          ? kind.classes.includes(classId)
          : listOwnClasses(kind, book).some((one) => one === classId);
      const rank = ({ kindId, type }: SealTypeNow): number => {
        const at = now.sealKinds.includes(kindId) ? now.sealKinds.indexOf(kindId) : now.sealKinds.indexOf(type);
        return at === -1 ? now.sealKinds.length : at;
      };
      return [
        {
          ...showVersion(now),
          ...{ documentClass: now.classId, own: isOwnClass(classId), base: baseOfClass(now.classId) },
          kinds: kinds
            .filter(takes)
            .toSorted((a, b) => rank(a) - rank(b))
            .map(nameOf),
          earlier: all.slice(0, -1).map(showVersion),
          asked: asked.find((one) => one.classId === classId)?.matter ?? null,
        },
      ];
    }),
    kinds: kinds.map(nameOf),
    mayAskIn,
  };
}

const newestOf = (versions: readonly SealTypeNow[]): SealTypeNow[] => [
  ...new Map(versions.map((one) => [one.kindId, one])).values(),
];

/** Classes bind every entity and are kept, like the rules, by the people of the first one. */
async function listEntitiesToAskIn(env: Environment, personId: string): Promise<Answer["mayAskIn"]> {
  const { entityId } = await readHeadEntity(env.db);
  const { askedBy } = matterDefinition("document-class");
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId, entityId });
  if (!grants.some((grant) => askedBy.includes(grant.role))) return [];
  const row = await env.db
    .selectFrom("entities")
    .select(["name_en", "name_zh", "code"])
    .where("entity_id", "=", entityId)
    .executeTakeFirstOrThrow();
  return [{ entityId, name: { en: row.name_en, zh: row.name_zh }, code: row.code }];
}

async function readAsked(env: Environment) {
  const rows = await env.db
    .selectFrom("matters")
    .select(["matter_id", "number", "state", "data"])
    .where("kind", "=", "document-class")
    .where("state", "in", ["in-review", "approved"])
    .execute();
  return rows.map((row) => ({
    classId: row.data.classId,
    matter: { matterId: row.matter_id, number: row.number, state: row.state as MatterState },
  }));
}
