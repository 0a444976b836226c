import {
  type CopyState,
  isStamped,
  type StampedCopy,
  type StampingShowing,
  showingOf,
  showingOfCopy,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readSeen } from "../printed-copies/read-seen.ts";
import { type HandImpressionRow, readHandImpressions } from "../stamping/open-stamping.ts";

const readRows = (reader: Reader, requestId: string) =>
  reader.selectFrom("stamped_copies").selectAll().where("request_id", "=", requestId).execute();
export type CopyRow = Awaited<ReturnType<typeof readRows>>[number];

/** A copy that was stamped, with what was said of it last; nothing yet of one that is still here. */
export interface CopyNow extends StampedCopy {
  readonly said: CopyRow | null;
}

/** The stamped copies of a request in their order; none of what was sealed electronically. */
export async function readCopies(reader: Reader, requestId: string): Promise<CopyNow[]> {
  const impressions = await readHandImpressions(reader, requestId);
  const rows = await readRows(reader, requestId);
  const byCopy = Map.groupBy(impressions, ({ copy }: HandImpressionRow) => copy);
  const inOrder = [...byCopy].toSorted(([a], [b]) => a - b);
  return inOrder.flatMap(([copy, of]): CopyNow[] => {
    // A photo says that it was pressed after all: nobody knows what its paper is, and it goes to nobody.
    const states = of.map(({ state, late }) => (late ? "unknown" : state));
    const said = rows.find((row) => row.copy === copy) ?? null;
    return isStamped(states) ? [{ copy, impressions: states, said, state: (said?.state ?? "here") as CopyState }] : [];
  });
}

/** Whether it is shown that a copy was stamped; of one document of it, or of all that bear its number. */
export async function readShowings(
  reader: Reader,
  now: number,
  requestId: string,
): Promise<(copy: number, documentId?: string) => StampingShowing> {
  const impressions = await readHandImpressions(reader, requestId);
  const seen = await readSeen(reader, [requestId]);
  return (copy, documentId) =>
    showingOfCopy(
      impressions
        .filter((one) => one.copy === copy && (documentId === undefined || one.documentId === documentId))
        .flatMap(({ impressionId, state }) => {
          const one = seen.get(impressionId);
          return one ? [{ state, showing: showingOf(one, now) }] : [];
        }),
    );
}
