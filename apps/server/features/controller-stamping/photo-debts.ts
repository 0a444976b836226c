import { photoDebtHours, type Refusal, refuse } from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { openCase } from "../tasks/open-case.ts";
import { endTasks, openTasks } from "../tasks/open-task.ts";

const hour = 3_600_000;
const kind = "photo-owed";
const source = "counts.photo-owed";

/**
 * Impressions that a controller pressed and whose photo nobody has seen, by request: one that people have decided since owes
 * none (C09).
 */
const owed = (reader: Reader) =>
  reader
    .selectFrom("impressions as i")
    .innerJoin("seal_use_requests as r", "r.request_id", "i.request_id")
    .where("i.by_stroke", "=", true)
    .where("i.evidence_id", "is", null)
    .where("i.state", "in", ["pressed", "unknown"])
    .where("i.pressed_at", "is not", null)
    .select((eb) => [eb.fn.countAll<string>().as("count"), eb.fn.min("i.pressed_at").as("since")])
    .select(["r.request_id", "r.number", "r.applicant_id", "r.entity_id"])
    .groupBy(["r.request_id", "r.number", "r.applicant_id", "r.entity_id"])
    .orderBy("r.number");

/** Photos of impressions pressed before this have been missing for three days. */
export const photosBlockSince = (now: number): Date => new Date(now - photoDebtHours.blocked * hour);

/** What is owed of a person's own stampings since before `since`. */
export const blockingPhotoDebts = (reader: Reader, applicantId: string, since: Date) =>
  owed(reader).where("r.applicant_id", "=", applicantId).where("i.pressed_at", "<", since);

/** Why a person applies for nothing new: photos of his own stampings have been missing for three days (C09). */
export function refusePhotoDebts(
  rows: readonly { readonly count: string; readonly number: string | null }[],
): Refusal[] {
  if (rows.length === 0) return [];
  const count = rows.reduce((sum, row) => sum + Number(row.count), 0);
  const requests = rows.flatMap(({ number }) => number ?? []).join(", ");
  return [refuse("entry.photos-owed", { count, requests }, "C09")];
}

/**
 * A photo that is a day late is its applicant's task, with the hour from which he applies for nothing new as its clock; it ends
 * by itself when the photo comes or people have decided. After that hour it is a case that he explains (C09).
 */
export async function followPhotoDebts(env: Environment): Promise<void> {
  const now = env.clock.now();
  const late = await owed(env.db)
    .where("i.pressed_at", "<=", new Date(now - photoDebtHours.reminded * hour))
    .execute();
  const open = await env.db
    .selectFrom("tasks")
    .select("subject_key")
    .where("kind", "=", kind)
    .where("state", "=", "open")
    .execute();
  const paid = open.map((row) => row.subject_key).filter((id) => !late.some((row) => row.request_id === id));
  const fresh = late.filter((row) => !open.some((one) => one.subject_key === row.request_id));
  if (paid.length > 0)
    await transact(env.db, (tx) => endTasks(tx, env, { kind, subjectKey: paid }, { state: "done", actorId: null }));
  const dueAt = (row: (typeof late)[number]): number => (row.since?.getTime() ?? now) + photoDebtHours.blocked * hour;
  if (fresh.length > 0)
    await transact(env.db, (tx) =>
      openTasks(
        tx,
        env,
        fresh.map((row) => ({
          ...{ kind, subjectKey: row.request_id, entityId: row.entity_id, assigneeId: row.applicant_id },
          ...{ facts: { subject: row.number, count: Number(row.count) }, dueAt: dueAt(row), actorId: null },
        })),
      ),
    );
  const blocked = late.filter((row) => dueAt(row) <= now);
  const told = await env.db
    .selectFrom("findings")
    .select("subject_key")
    .where("source", "=", source)
    .where("subject_key", "in", ["", ...blocked.map((row) => row.request_id)])
    .execute();
  for (const row of blocked.filter((one) => !told.some(({ subject_key: key }) => key === one.request_id)))
    await transact(env.db, (tx) =>
      openCase(tx, env, {
        ...{ control: "C09", source, subjectKey: row.request_id, entityId: row.entity_id, actorId: null },
        ...{ personId: row.applicant_id, explainerId: row.applicant_id },
        facts: { subject: row.number, count: Number(row.count) },
      }),
    );
}
