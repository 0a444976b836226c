import type { RouteAnswer } from "@chancery/api/client";
import {
  copyShown,
  demandOf,
  type ImpressionSight,
  PHOTO_VERDICTS,
  type PhotoBasis,
  type PhotoVerdict,
  verdictOnCopy,
} from "@chancery/domain";
import type { Place } from "@chancery/printed-copy";
import type { Reader } from "../../platform/db.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamping">;
export type Comparison = NonNullable<NonNullable<View["impressions"][number]["photo"]>["comparison"]>;

/** What is kept of a reading beside its verdict. */
export interface ReadingFacts {
  readonly places: readonly Place[];
  /** `amongOthers`: codes of other copies lie in the picture, too. */
  readonly code: {
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
  readonly lettersSure: boolean;
}

/** What is kept of a photo of a request: what its sheet shows whichever copy it is, and which copy its code names. */
export function openReading(row: { readonly verdict: string; readonly facts: unknown }) {
  const verdict: PhotoVerdict = PHOTO_VERDICTS.find((one) => one === row.verdict) ?? "unclear";
  // What was read before there was foreign paper was printed here.
  const {
    places,
    code,
    basis = "code",
    shows = null,
    impression = null,
    lettersSure = false,
  } = row.facts as Partial<ReadingFacts> & Pick<ReadingFacts, "places" | "code">;
  const named = code?.copy ?? null;
  return {
    ...{ verdict, places, code, basis, shows, impression, lettersSure, named },
    shown: copyShown({ verdict, named, among: code?.amongOthers === true }),
  };
}

/** What the photos of a request say against what was printed, by impression; where one could not be read and was taken again, the later one counts. */
export async function readComparisons(reader: Reader, requestId: string): Promise<ReadonlyMap<string, Comparison>> {
  const rows = await reader
    .selectFrom("photo_readings as p")
    .innerJoin("impressions as i", (join) =>
      join.onRef("i.impression_id", "=", "p.impression_id").onRef("i.evidence_id", "=", "p.evidence_id"),
    )
    .select(["p.impression_id", "p.verdict", "p.facts", "i.copy"])
    .where("i.request_id", "=", requestId)
    .execute();
  return new Map(
    rows.map((row) => {
      const { places, code, basis, shows, impression, ...read } = openReading(row);
      const found = {
        basis,
        impression,
        lettersSure: read.lettersSure,
        verdict: verdictOnCopy({ ...read, copy: row.copy }),
      };
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
