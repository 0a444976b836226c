import { SEAL_TYPES, type SealType } from "@chancery/domain";
import { defaultFace, type FaceSpec } from "@chancery/seal-image";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { readPeople } from "../requests/read-people.ts";
import { isOwnKind, listOwnClasses, readTypeVersions, type SealKindFields, type SealTypeNow } from "./seal-types.ts";

type Answer = HandlerAnswer<"GET /v1/seal-types">;

/** Kinds with their rules, earlier versions and what waits for a second person; a face under the name of the own entity. */
export async function listSealTypes(env: Environment, personId: string, mayConfirm: boolean): Promise<Answer> {
  const own = await env.db
    .selectFrom("people as p")
    .innerJoin("entities as e", "e.entity_id", "p.entity_id")
    .select("e.name_zh")
    .where("p.person_id", "=", personId)
    .executeTakeFirst();
  const installation = await env.db.selectFrom("installation").select("name_zh").executeTakeFirstOrThrow();
  const name = own?.name_zh ?? installation.name_zh ?? "单位名称";
  const versions = await readTypeVersions(env.db);
  const book = await readClassBook(env.db);
  const waiting = await readWaiting(env, personId, mayConfirm);
  const kindIds = [...new Set(versions.map((one) => one.kindId))];
  return {
    items: kindIds.flatMap((kindId) => {
      const ofKind = versions.filter((one) => one.kindId === kindId);
      const now = ofKind.at(-1);
      if (!now) return [];
      return [
        {
          ...showKind(now),
          own: isOwnKind(now),
          ownClasses: listOwnClasses(now, book),
          face: shapeFace(now, name),
          earlier: ofKind.slice(0, -1).map(showKind),
          waiting: waiting.find((one) => one.kindId === kindId) ?? null,
        },
      ];
    }),
    asked: waiting.filter((one) => !kindIds.includes(one.kindId)),
  };
}

const showKind = (
  kind: SealTypeNow,
): Omit<Answer["items"][number], "own" | "ownClasses" | "face" | "earlier" | "waiting"> => ({
  ...kind,
  classes: [...kind.classes],
});

async function readWaiting(env: Environment, personId: string, mayConfirm: boolean): Promise<Answer["asked"]> {
  const rows = await env.db
    .selectFrom("seal_type_changes")
    .selectAll()
    .where("state", "=", "waiting")
    .orderBy("asked_at")
    .execute();
  const person = await readPeople(
    env.db,
    rows.map((row) => row.asked_by),
  );
  return rows.flatMap((row) => {
    const type = SEAL_TYPES.find((one) => one === row.base_type);
    if (!type) return [];
    return [
      {
        ...{ sealTypeChangeId: row.seal_type_change_id, kindId: row.type, type, version: row.version },
        ...{ name: { en: row.name_en, zh: row.name_zh }, important: row.important, external: row.external },
        ...{ filing: row.filing, widthMm: row.width_mm, heightMm: row.height_mm, shape: row.shape },
        classes: row.classes,
        ...{ leastContainer: row.least_container, holders: row.holders, pressers: row.pressers },
        ...{ dualControl: row.dual_control, reason: row.reason, askedBy: person(row.asked_by) },
        mayConfirm: mayConfirm && row.asked_by !== personId,
      },
    ];
  });
}

/** The usual face of the type, in the shape and size that the kind says; what a shape has no place for is left out. */
export function shapeFace(
  kind: Pick<SealKindFields, "shape" | "widthMm" | "heightMm"> & { readonly type: SealType },
  entityName: string,
): FaceSpec {
  const { shape, widthMm, heightMm } = kind;
  const usual = defaultFace(kind.type, entityName);
  if (usual.shape === shape) return { ...usual, widthMm, heightMm };
  const isRound = (one: string): boolean => one === "circle" || one === "oval";
  if (isRound(usual.shape) && isRound(shape)) {
    const centre = shape === "circle" ? ("star" as const) : ("none" as const);
    return { ...usual, shape, widthMm, heightMm, centre };
  }
  if (isRound(shape)) return { shape, widthMm, heightMm, arcText: entityName, centre: "none" };
  return { shape, widthMm, heightMm, centreText: usual.lowerText ?? usual.centreText ?? entityName };
}
