import type { RouteAnswer } from "@chancery/api/client";
import { countLacking, evidenceGradeTexts, type PictureSight, sightOfPicture } from "@chancery/domain";
import type { JournalRecord } from "@chancery/seallink";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordOf } from "../controllers/read-box.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readGrades } from "./evidence-grades.ts";
import { type HandImpressionRow, readHandImpressions } from "./open-stamping.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/press-pictures">;
type Press = View["presses"][number];
type Picture = Press["before"][number];

/** Each press of a request in its order, with what was seen before and after it. Whether the reader may see the request the caller has asked. */
export async function readPressPictures(env: Environment, requestId: string): Promise<View> {
  const { documents } = await loadRequest(env.db, requestId);
  const impressions = await readHandImpressions(env.db, requestId);
  const grades = new Map((await readGrades(env.db, [requestId])).map((one) => [one.impressionId, one.grade]));
  const strokes = await readStrokes(env.db, requestId);
  const tellImpression = (impressionId: string): Press["impression"] => {
    const at = impressions.findIndex((one) => one.impressionId === impressionId);
    const found = impressions[at];
    if (!found) return null;
    const grade = grades.get(impressionId) ?? null;
    return {
      ...{ impressionId, nth: at + 1, copy: found.copy, page: found.placement.page + 1, state: found.state },
      document:
        documents.length > 1 ? (documents.find((one) => one.documentId === found.documentId)?.name ?? null) : null,
      grade: grade && { grade, ...evidenceGradeTexts[grade] },
    };
  };
  const told = new Set(strokes.map((one) => one.impressionId));
  const other = await readToldOtherwise(
    env.db,
    impressions.filter(({ impressionId }) => !told.has(impressionId)),
  );
  const presses = [...strokes, ...other]
    // A box's own clock orders its strokes, and its journal those of one moment.
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.seq - b.seq)
    .map(({ impressionId, at, seq: _, ...press }, index) => ({
      ...{ ...press, nth: index + 1, at: at.toISOString() },
      impression: impressionId === null ? null : tellImpression(impressionId),
    }));
  const sights = presses.flatMap(({ before, after }) => [...before, ...after].map(({ sight }) => sight));
  return { presses, pictures: sights.length, lacking: countLacking(sights) };
}

type Told = Omit<Press, "nth" | "impression" | "at"> & {
  readonly impressionId: string | null;
  readonly at: Date;
  readonly seq: number;
};

/** What was pressed without a record of its own: told of by a person, or by a maker's cloud. Nothing was seen before it. */
async function readToldOtherwise(reader: Reader, impressions: readonly HandImpressionRow[]): Promise<Told[]> {
  const made = impressions.filter(({ state, pressed }) => pressed || state === "unknown");
  const clouds = await reader
    .selectFrom("vendor_strokes")
    .select("impression_id")
    .where("impression_id", "in", ["", ...made.map(({ impressionId }) => impressionId)])
    .execute();
  return made.map(({ impressionId, at, evidenceId, earlier }) => ({
    ...{ impressionId, at, seq: 0, stroke: null, before: [] },
    told: clouds.some((one) => one.impression_id === impressionId) ? ("vendor-cloud" as const) : ("person" as const),
    after: [
      ...earlier.map((one) => ({ sight: "shown" as const, at: null, evidenceId: one })),
      evidenceId === null
        ? { sight: "missing" as const, at: null, evidenceId: null }
        : { sight: "shown" as const, at: at.toISOString(), evidenceId },
    ],
  }));
}

/** The strokes of our own controllers, with the pictures that their records name. */
async function readStrokes(reader: Reader, requestId: string): Promise<Told[]> {
  const strokes = await reader
    .selectFrom("controller_strokes as k")
    .innerJoin("controller_authorisations as a", (join) =>
      join.onRef("a.jti", "=", "k.jti").onRef("a.controller_id", "=", "k.controller_id"),
    )
    .innerJoin("controllers as c", "c.controller_id", "k.controller_id")
    .innerJoin("controller_records as r", (join) =>
      join
        .onRef("r.controller_id", "=", "k.controller_id")
        .onRef("r.epoch", "=", "k.epoch")
        .onRef("r.seq", "=", "k.seq"),
    )
    .select(["k.controller_id", "k.epoch", "k.seq", "k.jti", "k.n", "k.out", "k.counter", "k.at", "k.impression_id"])
    .select(["c.serial", "r.record"])
    .where("a.request_id", "=", requestId)
    .orderBy("k.epoch")
    .orderBy("k.seq")
    .execute();
  const beside = await readBeside(
    reader,
    strokes.map(({ jti }) => jti),
  );
  const named = await Promise.all(
    strokes.map(async (stroke) => {
      const own = beside.filter(
        (one) =>
          one.controllerId === stroke.controller_id &&
          one.epoch === stroke.epoch &&
          "n" in one.record &&
          one.record.jti === stroke.jti &&
          one.record.n === stroke.n,
      );
      const end: Beside = { ...keyOf(stroke), record: recordOf(stroke.record) };
      const lost = new Set(beside.flatMap(({ record }) => (record.ty === "pic.lost" ? [record.h] : [])));
      const seen = (records: readonly Beside[], kind: string) => showNamed(reader, records, kind, lost);
      // Where the drive never moved nothing lies under the seal that was not there before.
      const aborted = stroke.out === "aborted";
      return {
        ...{ impressionId: stroke.impression_id, at: stroke.at, seq: Number(stroke.seq), told: "record" as const },
        stroke: {
          ...{ n: stroke.n, counter: Number(stroke.counter), serial: stroke.serial },
          out: stroke.out as NonNullable<Press["stroke"]>["out"],
        },
        before: await seen(
          own.filter(({ record }) => record.ty === "stamp.begin"),
          "before",
        ),
        after: aborted ? [] : await seen([end, ...own.filter(({ record }) => record.ty === "pic.add")], "after"),
      };
    }),
  );
  return named;
}

interface Beside {
  readonly controllerId: string;
  readonly epoch: number;
  readonly record: JournalRecord;
}
const keyOf = (row: { controller_id: string; epoch: number }) => ({
  ...{ controllerId: row.controller_id, epoch: row.epoch },
});

/** The records that name pictures of these authorisations beside the ends of their strokes. */
async function readBeside(reader: Reader, authorisations: readonly string[]): Promise<Beside[]> {
  const rows = await reader
    .selectFrom("controller_records")
    .select(["controller_id", "epoch", "record"])
    .where("jti", "in", ["", ...authorisations])
    // As the index has it.
    .where(sql<boolean>`type in ('stamp.begin', 'pic.add', 'pic.lost')`)
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({ ...keyOf(row), record: recordOf(row.record) }));
}

/** What became of the pictures of a kind that these records name; that none was taken is said too. */
async function showNamed(
  reader: Reader,
  records: readonly Beside[],
  kind: string,
  lost: ReadonlySet<string>,
): Promise<Picture[]> {
  const named = records.flatMap(({ controllerId, record }) =>
    "pic" in record ? (record.pic ?? []).map((one) => ({ ...one, controllerId, at: record.t })) : [],
  );
  const wanted = named.filter(({ k }) => k === kind);
  if (wanted.length === 0) return [{ sight: "not-taken", at: null, evidenceId: null }];
  const rows = await reader
    .selectFrom("controller_photos as p")
    .leftJoin("remote_looks as l", (join) =>
      join.onRef("l.controller_id", "=", "p.controller_id").onRef("l.picture", "=", "p.hash"),
    )
    .select(["p.controller_id", "p.hash", "p.digest", "p.unfit", "p.missed"])
    .select((eb) => eb.fn.coalesce("p.evidence_id", "l.evidence_id").as("evidence_id"))
    .where(
      "p.hash",
      "in",
      wanted.map(({ h }) => h),
    )
    .execute();
  return wanted.map(({ h, controllerId, at, dark }) => {
    const row = rows.find((one) => one.controller_id === controllerId && one.hash === h);
    const evidenceId = row?.evidence_id ?? null;
    const sight: PictureSight = sightOfPicture({
      ...{ arrived: row?.digest != null, shown: evidenceId !== null, unfit: row?.unfit === true },
      // What a record names and nobody noted as owed, such as an empty picture, never comes.
      ...{ given: row === undefined || row.missed || lost.has(h), dark: dark === true },
    });
    return { sight, at: new Date(at).toISOString(), evidenceId };
  });
}
