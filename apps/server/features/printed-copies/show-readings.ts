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
  } = row.facts as Partial<ReadingFacts> & Pick<ReadingFacts, "places" | "code">;
  // What was read before impressions went to other pages was compared with the page whose turn it was.
  const named: SheetShown | null = code && {
    documentId: code.documentId ?? row.turn_document ?? row.document_id,
    ...{ page: code.page, copy: code.copy },
  };
  const place = { documentId: row.document_id, page: (row.placement as StoredPlacement).page + 1, copy: row.copy };
  // Of another place on the same sheet nobody has looked for an impression.
  const impression = sight !== null && position !== row.position ? ("untold" as const) : sight;
  return {
    ...{ verdict, places, code, basis, shows, impression, lettersSure },
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
  return new Map(
    rows.map((row) => {
      const { places, code, basis, shows, impression, lettersSure, onPlace } = openReading(row);
      const found = { basis, impression, lettersSure, verdict: onPlace };
      return [
        row.impression_id,
        {
          ...{ verdict: found.verdict, places: [...places], basis, shows, impression },
          demands: demandOf(found),
          code: code && { page: code.page, copy: code.copy, here: code.requestId === requestId },
        },
      ];
    }),
  );
}
