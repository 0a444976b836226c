import type { RouteAnswer } from "@chancery/api/client";
import {
  demandOf,
  type ImpressionSight,
  PHOTO_VERDICTS,
  type PhotoBasis,
  type PhotoVerdict,
  type SheetShown,
  sheetShown,
  verdictOnPlace,
} from "@chancery/domain";
import type { Place } from "@chancery/printed-copy";
import type { Reader } from "../../platform/db.ts";
import type { StoredPlacement } from "../requests/load-request.ts";
import type { FaceFound } from "./read-foreign-photo.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamping">;
export type Comparison = NonNullable<NonNullable<View["impressions"][number]["photo"]>["comparison"]>;

/** What is kept of a reading beside its verdict. */
export interface ReadingFacts {
  readonly places: readonly Place[];
  /** `amongOthers`: codes of other copies lie in the picture, too; `documentId`: of the sheet that it was compared with. */
  readonly code: {
    readonly documentId?: string;
    readonly page: number;
    readonly copy: number;
    readonly requestId: string;
    readonly amongOthers?: boolean;
  } | null;
  readonly confidence: number;
  /** What the verdict rests on. */
  readonly basis: PhotoBasis;
  /** Of foreign paper: the page of the scan that the photo shows, from 1; null where none could be told. */
  readonly shows: number | null;
  /** Whether an impression is seen in its place; null where none was looked for. */
  readonly impression: ImpressionSight | null;
  /** At which of the document's places it was looked for. */
  readonly position?: number;
  readonly lettersSure: boolean;
  /** Whose face the impression has; missing in what was read before faces were compared. */
  readonly face?: FaceFound | null;
}

/** Where an impression stands, for whoever reads what its photo shows. */
export interface ReadPlace {
  readonly document_id: string;
  readonly turn_document: string | null;
  readonly copy: number;
  readonly position: number;
  readonly placement: unknown;
}

/** The columns of a `ReadPlace`. */
export const readPlaceColumns = ["i.document_id", "i.turn_document", "i.copy", "i.position", "i.placement"] as const;

/** What is kept of a photo of a request: what its sheet shows whichever it is, which sheet its code names, and what it says of its place. */
export function openReading(row: ReadPlace & { readonly verdict: string; readonly facts: unknown }) {
  const verdict: PhotoVerdict = PHOTO_VERDICTS.find((one) => one === row.verdict) ?? "unclear";
  // What was read before there was foreign paper was printed here.
  const {
    places,
    code,
    basis = "code",
    shows = null,
    impression: sight = null,
    position = row.position,
    lettersSure = false,
    face: faceSeen = null,
  } = row.facts as Partial<ReadingFacts> & Pick<ReadingFacts, "places" | "code">;
  // What was read before impressions went to other pages was compared with the page whose turn it was.
  const named: SheetShown | null = code && {
    documentId: code.documentId ?? row.turn_document ?? row.document_id,
    ...{ page: code.page, copy: code.copy },
  };
  const place = { documentId: row.document_id, page: (row.placement as StoredPlacement).page + 1, copy: row.copy };
  // Of another place on the same sheet nobody has looked for an impression.
  const isOfPlace = position === row.position;
  const impression = sight !== null && !isOfPlace ? ("untold" as const) : sight;
  const face = isOfPlace ? faceSeen : null;
  return {
    ...{ verdict, places, code, basis, shows, impression, lettersSure, face },
    shown: sheetShown({ verdict, named, among: code?.amongOthers === true }),
    onPlace: verdictOnPlace({ verdict, named, place }),
  };
}

/** What the photos of a request say against what was printed, by impression; where one could not be read and was taken again, the later one counts. */
export async function readComparisons(reader: Reader, requestId: string): Promise<ReadonlyMap<string, Comparison>> {
  const rows = await reader
    .selectFrom("photo_readings as p")
    .innerJoin("impressions as i", (join) =>
      join.onRef("i.impression_id", "=", "p.impression_id").onRef("i.evidence_id", "=", "p.evidence_id"),
    )
    .select(["p.impression_id", "p.verdict", "p.facts", ...readPlaceColumns])
    .where("i.request_id", "=", requestId)
    .execute();
  const numbers = await readSealNumbers(reader, rows);
  return new Map(
    rows.map((row) => {
      const { places, code, basis, shows, impression, lettersSure, onPlace, face } = openReading(row);
      const found = { basis, impression, lettersSure, verdict: onPlace, face: face?.sight ?? null };
      const otherSeal = face?.sight === "another" ? (numbers.get(face.sealId ?? "") ?? null) : null;
      return [
        row.impression_id,
        {
          ...{ verdict: found.verdict, places: [...places], basis, shows, impression },
          face: face && { sight: face.sight, otherSeal },
          demands: demandOf(found),
          code: code && { page: code.page, copy: code.copy, here: code.requestId === requestId },
        },
      ];
    }),
  );
}

/** The numbers of the other seals that impressions are of. */
async function readSealNumbers(
  reader: Reader,
  rows: readonly { readonly facts: unknown }[],
): Promise<ReadonlyMap<string, string>> {
  const others = rows.flatMap(({ facts }) => {
    const { face } = facts as Pick<ReadingFacts, "face">;
    return face?.sight === "another" && face.sealId !== null ? [face.sealId] : [];
  });
  if (others.length === 0) return new Map();
  const seals = await reader
    .selectFrom("seals")
    .select(["seal_id", "number"])
    .where("seal_id", "in", [...new Set(others)])
    .execute();
  return new Map(seals.map((row) => [row.seal_id, row.number]));
}
