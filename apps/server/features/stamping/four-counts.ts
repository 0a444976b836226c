import { type CountedImpression, type CountFacts, type ImpressionState, reconcileCounts } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { hasOwnPhoto, isOtherCopy, readSeen } from "../printed-copies/read-seen.ts";
import { listPlaces } from "../requests/list-places.ts";
import { openCase } from "../tasks/open-case.ts";
import type { GateView } from "./gate-facts.ts";
import { isLate, type StampingRow } from "./open-stamping.ts";

/** The four counts of a stamping, each from the book that keeps it, and how they differ (C09). */
export async function readFourCounts(
  reader: Reader,
  view: Pick<GateView, "loaded">,
  stamping: StampingRow,
): Promise<ReturnType<typeof reconcileCounts>> {
  return reconcileCounts(await readCountFacts(reader, view, stamping));
}

async function readCountFacts(
  reader: Reader,
  view: Pick<GateView, "loaded">,
  stamping: StampingRow,
): Promise<CountFacts> {
  const requestId = stamping.request_id;
  const impressions = await reader
    .selectFrom("impressions as i")
    .leftJoin("told_strokes as k", "k.impression_id", "i.impression_id")
    .select(["i.impression_id", "i.state", "i.pressed_at", "i.evidence_id", "i.seal_id", "i.by_stroke", "k.out"])
    .where("i.request_id", "=", requestId)
    .where("i.body_id", "is not", null)
    .execute();
  const seen = await readSeen(reader, [requestId]);
  const lines = await reader
    .selectFrom("register_lines")
    .select("seal_id")
    .where("request_id", "=", requestId)
    .where("register", "=", "use")
    .where("kind", "=", "stamped")
    .execute();
  const { excess } = await reader
    .selectFrom("told_strokes as k")
    .select((eb) => eb.fn.countAll<string>().as("excess"))
    .where("k.request_id", "=", requestId)
    .where("k.impression_id", "is", null)
    .where("k.out", "<>", "aborted")
    .executeTakeFirstOrThrow();
  const { beyond } = await reader
    .selectFrom("controller_strokes as k")
    .innerJoin("controller_authorisations as a", "a.jti", "k.jti")
    .select((eb) => eb.fn.sum<string | null>("k.beyond").as("beyond"))
    .where("a.request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  return {
    ...{ authorised: listPlaces(view.loaded).length, byController: stamping.by_controller },
    ...{ excess: Number(excess), beyond: Number(beyond ?? 0) },
    endedAt: stamping.ended_at?.getTime() ?? null,
    impressions: impressions.map(
      (row): CountedImpression => ({
        ...{ state: row.state as ImpressionState, pressedAt: row.pressed_at?.getTime() ?? null },
        ...{ photographed: hasOwnPhoto(seen, row.impression_id), otherCopy: isOtherCopy(seen, row.impression_id) },
        inLine: lines.some((line) => line.seal_id === row.seal_id),
        late: isLate(row),
        stroke: row.out === "done" || row.out === "unknown" ? row.out : null,
      }),
    ),
  };
}

/** What people decided beyond what was counted is a case: who stamped explains it, and somebody else closes it (C09). */
export async function tellCountCases(
  tx: Tx,
  env: Environment,
  view: Pick<GateView, "loaded">,
  stamping: StampingRow,
): Promise<void> {
  const { row, sealIds } = view.loaded;
  const { differences } = await readFourCounts(tx, view, stamping);
  // A photo beyond the count is the photo of an impression beyond it: one case.
  const more =
    differences.find(({ kind }) => kind === "registered-more") ?? differences.find(({ follows }) => follows === "case");
  if (!more) return;
  await openCase(tx, env, {
    ...{ control: "C09", source: `counts.${more.kind}`, subjectKey: row.request_id, entityId: row.entity_id },
    ...{ sealId: sealIds[0] ?? null, personId: stamping.opened_by, explainerId: stamping.opened_by, actorId: null },
    facts: { subject: row.number, count: more.count },
  });
}
