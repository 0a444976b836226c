import type { RouteAnswer } from "@chancery/api/client";
import { decideRequest, type SealUseRequestState } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import {
  type LoadedDocument,
  type LoadedRequest,
  loadRequest,
  type StoredPlacement,
} from "../requests/load-request.ts";
import { seesRequest } from "../requests/may-see.ts";
import type { LoadedJoint } from "./joint-rows.ts";

type Detail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;
type Shown = NonNullable<Detail["otherSide"]>;

export async function showEntity(reader: Reader, entityId: string): Promise<Shown["entity"]> {
  const row = await reader
    .selectFrom("entities")
    .select(["name_en", "name_zh", "code"])
    .where("entity_id", "=", entityId)
    .executeTakeFirstOrThrow();
  return { entityId, name: { en: row.name_en, zh: row.name_zh }, code: row.code };
}

async function showUnit(reader: Reader, requestId: string): Promise<Shown["unit"]> {
  const row = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("units as u", "u.unit_id", "r.unit_id")
    .select(["u.unit_id", "u.name_en", "u.name_zh"])
    .where("r.request_id", "=", requestId)
    .executeTakeFirst();
  return row ? { unitId: row.unit_id, name: { en: row.name_en, zh: row.name_zh } } : null;
}

export interface SealedPaper {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly sealedAt: Date;
  /** Whether this side sealed it last, or alone. */
  readonly own: boolean;
}

/**
 * The sealed file of a document: of a joint request the one that carries the seals of both, which is what the later of
 * them made; null until both have sealed it.
 */
export async function findPaperOfBoth(
  reader: Reader,
  joint: LoadedJoint | null,
  { documentId, sealedDigest, sealedSize, sealedAt }: LoadedDocument,
): Promise<SealedPaper | null> {
  if (sealedDigest === null || sealedAt === null) return null;
  const own = { digest: sealedDigest, sizeBytes: sealedSize ?? 0, sealedAt, own: true };
  if (joint === null) return own;
  const other = await reader
    .selectFrom("request_documents")
    .select(["sealed_digest", "sealed_size", "sealed_at"])
    .where("request_id", "=", joint.other.requestId)
    .where("document_id", "=", documentId)
    .executeTakeFirst();
  if (!other?.sealed_digest || !other.sealed_at) return null;
  if (own.sizeBytes > Number(other.sealed_size)) return own;
  return {
    ...{ digest: other.sealed_digest, sizeBytes: Number(other.sealed_size), sealedAt: other.sealed_at },
    own: false,
  };
}

/** The other side of a joint request as this person may know it: a link to what he may open, else whose and how it stands. */
export async function showOtherSide(
  env: Environment,
  personId: string,
  { row, joint, documents }: LoadedRequest,
): Promise<Shown | null> {
  if (joint === null) return null;
  const { other } = joint;
  const opens = await seesRequest(env.db, personId, other.requestId, env.clock.now());
  const changes = row.applicant_id === personId && decideRequest(row.state, "edit").ok;
  const side = changes ? await loadRequest(env.db, other.requestId) : null;
  const papers = await Promise.all(documents.map((document) => findPaperOfBoth(env.db, joint, document)));
  return {
    requestId: opens ? other.requestId : null,
    unit: await showUnit(env.db, other.requestId),
    ...{ entity: await showEntity(env.db, other.entityId), number: other.number, state: other.state },
    changedOn: row.applicant_id === personId ? (joint.side === 1 ? row.request_id : other.requestId) : null,
    bothSealed: papers.length > 0 && papers.every((paper) => paper !== null),
    marks: await listMarks(env.db, other.requestId),
    readers: side ? await listNamedReaders(env.db, other.requestId) : [],
    placements: (side?.documents ?? []).map(({ documentId, placements }) => ({
      documentId,
      placements: placements as Shown["placements"][number]["placements"],
    })),
  };
}

/** Where the seals of a side stand: their places and sizes, and not which they are. */
async function listMarks(reader: Reader, requestId: string): Promise<Shown["marks"]> {
  const documents = await reader
    .selectFrom("request_documents")
    .select(["document_id", "placements"])
    .where("request_id", "=", requestId)
    .orderBy("position")
    .execute();
  const placed = documents.flatMap(({ document_id: documentId, placements }) =>
    (placements as StoredPlacement[]).map((one) => ({ ...one, documentId })),
  );
  const seals = await reader
    .selectFrom("seals")
    .select(["seal_id", "width_mm", "height_mm", "face_shape"])
    .where("seal_id", "in", ["", ...placed.map(({ sealId }) => sealId)])
    .execute();
  return placed.flatMap(({ documentId, sealId, page, xMm, yMm }) => {
    const seal = seals.find((one) => one.seal_id === sealId);
    if (!seal) return [];
    const size = { widthMm: seal.width_mm, heightMm: seal.height_mm, round: seal.face_shape === "circle" };
    return [{ documentId: documentId as Shown["marks"][number]["documentId"], page, xMm, yMm, ...size }];
  });
}

async function listNamedReaders(reader: Reader, requestId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("request_readers")
    .select("person_id")
    .where("request_id", "=", requestId)
    .execute();
  return rows.map((row) => row.person_id);
}

type InList = NonNullable<Detail["joint"]>;

/** Of these requests the ones that are joint: whose the other side is and how it stands. */
export async function readJointInList(
  reader: Reader,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, InList>> {
  const rows = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("seal_use_requests as o", (join) =>
      join
        .onRef("o.joint_id", "=", "r.joint_id")
        .onRef("o.joint_side", "<>", "r.joint_side")
        .on("o.state", "not in", ["rejected", "cancelled", "expired"]),
    )
    .innerJoin("entities as e", "e.entity_id", "o.entity_id")
    .select(["r.request_id", "o.number", "o.state", "e.entity_id", "e.name_en", "e.name_zh", "e.code"])
    .where("r.request_id", "in", ["", ...requestIds])
    .execute();
  return new Map(
    rows.map((row) => [
      row.request_id,
      {
        entity: { entityId: row.entity_id, name: { en: row.name_en, zh: row.name_zh }, code: row.code },
        ...{ number: row.number, state: row.state as SealUseRequestState },
      },
    ]),
  );
}
