import type { Refusal } from "@chancery/domain";
import { type SqlBool, sql } from "kysely";
import { jsonArrayFrom, jsonObjectFrom } from "kysely/helpers/postgres";
import type { Reader } from "../../platform/db.ts";
import { statement } from "../../platform/statement.ts";
import { blockingPhotoDebts, photosBlockSince, refusePhotoDebts } from "../controller-stamping/photo-debts.ts";
import { toWhoDecides, type WhoDecides, whoDecidesRows } from "../organisation/who-decides.ts";
import { type RulesInForce, rulesInForceRow, toRulesInForce } from "../rules/read-rules.ts";
import type { LoadedRequest } from "./load-request.ts";
import { type SameAsked, sameDocuments, toSameAsked } from "./same-documents.ts";

interface Asked extends SameAsked {
  readonly requestId: string;
  readonly sealIds: readonly string[];
  readonly entityId: string;
  readonly applicantId: string;
  readonly photosBefore: Date;
}

/** The seals of a request and those of its entity, with what each has to be used with. */
const sealRows = (reader: Reader, { sealIds, entityId }: Asked) =>
  reader
    .selectFrom("seals as s")
    .leftJoin("seal_bodies as b", (join) => join.onRef("b.seal_id", "=", "s.seal_id").on("b.kind", "=", "electronic"))
    .select(["s.seal_id", "type", "kind_id", "external", "important", "b.state", "entity_id"])
    .select(["width_mm", "height_mm"])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom("seal_bodies as p")
          .select("p.body_id")
          .whereRef("p.seal_id", "=", "s.seal_id")
          .where("p.kind", "=", "physical")
          .where("p.state", "=", "in-use"),
      ).as("piece"),
    )
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom("seal_type_versions as v")
          .select("v.type")
          .where(sql<SqlBool>`v.type = coalesce(s.kind_id, s.type)`),
      ).as("edited"),
    )
    .where((eb) => eb.or([eb("s.seal_id", "=", eb.fn.any(eb.val(sealIds))), eb("entity_id", "=", entityId)]));

const selectGround = statement((reader, asked: Asked) =>
  whoDecidesRows(reader, asked.entityId).select([
    jsonArrayFrom(sealRows(reader, asked)).as("seals"),
    jsonObjectFrom(rulesInForceRow(reader)).as("in_force"),
    jsonArrayFrom(blockingPhotoDebts(reader, asked.applicantId, asked.photosBefore)).as("debts"),
    jsonArrayFrom(sameDocuments(reader, asked.requestId, asked, 1)).as("same"),
  ]),
);

/** What a request is checked by besides itself. */
export interface CheckGround {
  readonly seals: NonNullable<Awaited<ReturnType<typeof selectGround>>[number]>["seals"];
  readonly inForce: RulesInForce;
  readonly who: WhoDecides;
  /** Why its applicant applies for nothing new. */
  readonly debts: readonly Refusal[];
  /** Whether another request has one of its documents: of most nobody has to ask what became of it there. */
  readonly askedBefore: boolean;
}

/** Read in one go: each check needs all of it, and a submission holds what others wait for meanwhile. */
export async function readCheckGround(
  reader: Reader,
  { row, sealIds, documents, series }: Pick<LoadedRequest, "row" | "sealIds" | "documents" | "series">,
  now: number,
): Promise<CheckGround> {
  const [read] = await selectGround(reader, {
    ...{ ...toSameAsked(series ? [] : documents), requestId: row.request_id },
    ...{ sealIds, entityId: row.entity_id ?? "", applicantId: row.applicant_id, photosBefore: photosBlockSince(now) },
  });
  if (!read?.in_force) throw new Error("there is no installation to have rules");
  return {
    ...{ seals: read.seals, inForce: toRulesInForce(read.in_force), who: await toWhoDecides(reader, read, now) },
    debts: refusePhotoDebts(read.debts),
    askedBefore: read.same.length > 0,
  };
}
