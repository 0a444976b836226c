import type { DocumentClassId, House, SealUseRequestState } from "@chancery/domain";
import { type ExpressionBuilder, type SqlBool, sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import { statement } from "../../platform/statement.ts";
import { nameShelf } from "../templates/shelf.ts";

/** States in which a request is read as its documents are now, and not as it was submitted. */
const editable: readonly string[] = ["draft", "returned", "withdrawn"];
export const isEditable = (state: string): boolean => editable.includes(state);

/** What tells of a request whether it is an emergency that somebody agreed to, in whatever state it is now. */
export const emergencyFacts = (row: {
  readonly state: SealUseRequestState;
  readonly emergency_until: Date | null;
  readonly authorised_at: Date | null;
}) => ({ state: row.state, emergency: row.emergency_until !== null, agreed: row.authorised_at !== null });

/**
 * What a request is judged beside, read with its row: most requests have none of what is asked for here, and need not ask
 * for it one by one.
 */
export interface RequestSurroundings {
  readonly attached: boolean;
  readonly namesForms: boolean;
  readonly ruled: boolean;
  /** A document of it is a file of blank sheets, as the platform made it. */
  readonly hasSheets: boolean;
  /** The organisation changed or made classes of documents. */
  readonly hasClasses: boolean;
  /** The templates in force in its entity, by the name of their set. */
  readonly shelf: string;
  /** Names of the organisation's entities, in both languages. */
  readonly ownNames: readonly string[];
  /** The same, apart: of the entity whose seal is asked for, and of the others; not there before it has one. */
  readonly house?: House;
  readonly profile: string;
  /** Whoever asked for it has left: nobody goes on with it in his name. */
  readonly applicantLeft: boolean;
  /** Of its entity; null before it has one. */
  readonly timeZone: string | null;
  readonly entityCode: string | null;
}

/** Documents of the request `r`, with what was read in them; what they say decides only while the request is edited. */
const documentsOf = (eb: ExpressionBuilder<Tables & { r: Tables["seal_use_requests"] }, "r">) =>
  eb
    .selectFrom("request_documents as rd")
    .innerJoin("documents as d", "d.document_id", "rd.document_id")
    .leftJoin("document_readings as read", "read.document_id", "d.document_id")
    .select(["rd.document_id", "rd.position", "rd.placements", "rd.answers", "rd.sealed_digest", "rd.sealed_size"])
    .select(["rd.sealed_at", "d.name", "d.digest", "d.size_bytes", "d.pages", "d.signatures", "d.unfinished"])
    .select(["read.missing", "read.page_words"])
    .select((inner) =>
      inner.case().when("r.state", "in", editable).then(inner.ref("read.facts")).else(null).end().as("facts"),
    )
    .whereRef("rd.request_id", "=", "r.request_id")
    .orderBy("rd.position");

const selectRow = statement((reader, { requestId }: { readonly requestId: string }) =>
  reader
    .selectFrom("seal_use_requests as r")
    .leftJoin("entities as e", "e.entity_id", "r.entity_id")
    .selectAll("r")
    .select(["e.time_zone", "e.code"])
    .select((eb) => jsonArrayFrom(documentsOf(eb)).as("documents"))
    .select(({ exists, selectFrom }) => [
      selectFrom("installation").select("profile").as("profile"),
      exists(selectFrom("request_attachments").select("position").where("request_id", "=", requestId)).as("attached"),
      exists(selectFrom("request_forms").select("series_id").where("request_id", "=", requestId)).as("names_forms"),
      exists(selectFrom("request_fact_rulings").select("key").where("request_id", "=", requestId)).as("ruled"),
      exists(
        selectFrom("request_documents as rd")
          .innerJoin("documents as d", "d.document_id", "rd.document_id")
          .innerJoin("blank_sheet_files as f", "f.digest", "d.digest")
          .select("f.digest")
          .where("rd.request_id", "=", requestId),
      ).as("has_sheets"),
      exists(selectFrom("document_class_versions").select("class_id")).as("has_classes"),
      exists(
        selectFrom("people as p")
          .select("p.person_id")
          .whereRef("p.person_id", "=", "r.applicant_id")
          .where("p.state", "=", "departed"),
      ).as("applicant_left"),
      selectFrom("template_versions as v")
        .select(sql<string[] | null>`array_agg(v.version_id)`.as("ids"))
        .whereRef("v.entity_id", "=", "r.entity_id")
        .where("v.in_force_at", "is not", null)
        .where("v.ended_at", "is", null)
        .as("in_force"),
      jsonArrayFrom(selectFrom("entities as own").select(["own.entity_id", "own.name_en", "own.name_zh"])).as(
        "entities",
      ),
    ])
    .where("r.request_id", "=", requestId),
);

/** The row of a request with its documents and what it is judged beside. */
export async function readRow(reader: Reader, requestId: string) {
  const [found] = await selectRow(reader, { requestId });
  if (!found) throw problems.notFound();
  const { attached, names_forms, ruled, has_sheets, has_classes, in_force, entities, profile, ...others } = found;
  const { applicant_left, ...rest } = others;
  const { time_zone: timeZone, code: entityCode, documents, ...row } = rest;
  const isSo = (value: SqlBool): boolean => Boolean(value);
  const around: RequestSurroundings = {
    ...{ attached: isSo(attached), namesForms: isSo(names_forms), ruled: isSo(ruled) },
    ...{ hasSheets: isSo(has_sheets), hasClasses: isSo(has_classes), applicantLeft: isSo(applicant_left) },
    ...{
      shelf: nameShelf(in_force ?? []),
      ...nameHouse(entities, row.entity_id),
      profile: profile ?? "",
      timeZone,
      entityCode,
    },
  };
  const state = row.state as SealUseRequestState;
  return { row: { ...row, state, document_class: row.document_class as DocumentClassId | null }, documents, around };
}

/** The names of all entities, and those of the one whose seal is asked for apart. */
function nameHouse(
  entities: readonly { readonly entity_id: string; readonly name_en: string; readonly name_zh: string }[],
  entityId: string | null,
): Pick<RequestSurroundings, "ownNames" | "house"> {
  const namesOf = ({ name_en, name_zh }: (typeof entities)[number]): string[] => [name_en, name_zh];
  const own = entities.filter((one) => one.entity_id === entityId).flatMap(namesOf);
  const sisters = entities.filter((one) => one.entity_id !== entityId).map(namesOf);
  return { ownNames: entities.flatMap(namesOf), ...(own.length > 0 ? { house: { own, sisters } } : {}) };
}

export type RequestRow = Awaited<ReturnType<typeof readRow>>["row"];

/** Holds a request until the transaction ends; what is read of it afterwards is as it stands then. */
export async function holdRequest(reader: Reader, requestId: string): Promise<void> {
  await reader
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("request_id", "=", requestId)
    .forUpdate()
    .execute();
}
