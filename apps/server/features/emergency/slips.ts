import {
  addPeriod,
  decideFormsMove,
  type EmergencyVerdict,
  holdersFor,
  listSlipDoubts,
  listSlipRefusals,
  refuse,
  slipUptimeMinutes,
  writeFormRange,
} from "@chancery/domain";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { postForms, readHoldings } from "../forms/post-forms.ts";
import { readNumbers } from "../forms/read-numbers.ts";
import { holdSeries } from "../forms/series.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { readPeople } from "../requests/read-people.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { openReview } from "./ask-emergency.ts";
import { askNamedOnSlip, listNamedOnSlip, readSlipAnswers } from "./slip-answers.ts";

type SlipInput = RouteInput<"POST /v1/emergency-slips">["body"];

/**
 * Enters what was stamped by a slip while the platform could not be reached. The slip is a controlled form in the hand of
 * whoever enters it, and is used with this; two people signed it; the line in the register is marked, and late if it is.
 */
export async function enterSlip(env: Environment, personId: string, input: SlipInput): Promise<{ slipId: string }> {
  await requireSeesEvidence(env, personId, input.evidenceId);
  const now = env.clock.now();
  const usedAt = Date.parse(input.usedAt);
  const slipId = newId("slip", now);
  await transact(env.db, async (tx) => {
    const known = await tx
      .selectFrom("form_series")
      .select(["series_id", "kind"])
      .where("series_id", "=", input.seriesId)
      .executeTakeFirst();
    const mine = await tx
      .selectFrom("form_holdings")
      .select("holding_id")
      .where("series_id", "=", input.seriesId)
      .where("until", "is", null)
      .where("holder_id", "=", personId)
      .limit(1)
      .executeTakeFirst();
    // Who has no slip of a series does not learn that it is there.
    if (known?.kind !== "emergency-slip" || !mine) throw problems.notFound();
    await tx
      .selectFrom("form_series")
      .select("series_id")
      .where("kind", "=", "emergency-slip")
      .orderBy("series_id")
      .forUpdate()
      .execute();
    const series = await holdSeries(tx, input.seriesId);
    const [range] = readNumbers(series, input.number);
    if (!range || range.first !== range.last) throw refusedBy([refuse("forms.range-unread")]);
    const written = writeFormRange(series, range);
    const seal = await tx
      .selectFrom("seals")
      .select(["seal_id", "entity_id"])
      .where("seal_id", "=", input.sealId)
      .where("entity_id", "=", series.entity_id)
      .executeTakeFirst();
    if (!seal) throw problems.notFound();
    const place = await readPlaceInTime(tx, series.entity_id);
    const grants = await readGrants(tx, { entityId: series.entity_id });
    const at = { sealId: seal.seal_id, entityId: seal.entity_id };
    const day = dayIn(place.timeZone, usedAt);
    const { signatoryId, custodianId } = input;
    const signed =
      signatoryId !== custodianId &&
      holdersFor(grants, "signatory", at, day).includes(signatoryId) &&
      holdersFor(grants, "custodian", at, day).includes(custodianId);
    const holdings = await readHoldings(tx, series.series_id, range);
    const moved = decideFormsMove(holdings, { act: "use", holderId: personId, ...range }, series);
    const since = await readReceipt(tx, holdings[0]?.postingId ?? "");
    const refusals = listSlipRefusals({
      ...{ slip: written, usedAt, now, signed, inHand: moved.ok, inHandSince: since?.getTime() ?? null },
      since: { day: dayIn(place.timeZone, since?.getTime() ?? now), time: timeIn(place.timeZone, since) },
      photoOf: await findSlipOfPhoto(tx, input.evidenceId, { seriesId: series.series_id, slipNo: range.first }),
    });
    if (refusals.length > 0 || !moved.ok) throw refusedBy(refusals);
    const { slipEnterWithin: count, emergencyMost: most } = await readSettings(tx, now);
    const doubts = listSlipDoubts({ ...(await readUseAround(tx, usedAt, now)), impressions: input.impressions, most });
    const late = now > addPeriod(usedAt, { unit: "working-days", count }, place);
    await postForms(tx, env, series, moved.events, {
      ...{ actorId: personId, event: "FormsUsed", kind: "used" },
      facts: () => ({ request: written, by: personId }),
    });
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "EmergencySlipEntered", actorId: personId, sealId: seal.seal_id, comment: input.reason },
      facts: { slip: slipId, number: written, impressions: input.impressions, usedAt: input.usedAt, late },
    });
    await tx
      .insertInto("emergency_slips")
      .values({
        ...{ slip_id: slipId, entity_id: series.entity_id, seal_id: seal.seal_id, series_id: series.series_id },
        ...{ slip_no: range.first, written, title: input.title, counterparty: input.counterparty },
        ...{ reason: input.reason, impressions: input.impressions, used_at: new Date(usedAt) },
        ...{ signatory_id: signatoryId, custodian_id: custodianId, evidence_id: input.evidenceId },
        ...{ entered_by: personId, entered_at: new Date(now), late, event_id: eventId },
      })
      .execute();
    const line = {
      ...{ entityId: series.entity_id, sealId: seal.seal_id, eventId },
      personIds: [signatoryId, custodianId, personId],
      words: [written, input.title, input.counterparty, input.reason].filter((word) => word !== ""),
    };
    const told = {
      ...{ slip: written, usedAt: input.usedAt, impressions: input.impressions, approvers: signatoryId },
      ...{ custodian: custodianId, by: personId, late },
    };
    await writeRegisterLines(tx, env, [
      { ...line, register: "use", kind: "slip", facts: told },
      { ...line, register: "exceptions", kind: "emergency-slip", facts: { ...told, reason: input.reason } },
    ]);
    await openReview(tx, env, {
      ...{ entityId: series.entity_id, subjectKey: slipId, subject: written, sealId: seal.seal_id },
      taken: [signatoryId, custodianId, personId],
    });
    for (const source of doubts)
      await openFinding(tx, env, {
        ...{ control: "C02", source, subjectKey: slipId, entityId: series.entity_id, sealId: seal.seal_id },
        ...{ personId, actorId: personId, facts: { slip: written, impressions: input.impressions, most } },
      });
    await askNamedOnSlip(tx, env, {
      ...{ slipId, entityId: series.entity_id, sealId: seal.seal_id, written, day },
      ...{ signatory_id: signatoryId, custodian_id: custodianId, entered_by: personId },
    });
  });
  return { slipId };
}

/** Whether anybody did anything on the platform shortly before a time, and shortly after it. */
async function readUseAround(tx: Tx, at: number, now: number): Promise<{ usedBefore: boolean; usedAfter: boolean }> {
  const within = slipUptimeMinutes * 60_000;
  const isUsed = async (from: number, to: number): Promise<boolean> =>
    (await tx
      .selectFrom("events")
      .select("event_id")
      .where("at", ">=", new Date(from))
      .where("at", "<=", new Date(to))
      .where("actor_id", "is not", null)
      .limit(1)
      .executeTakeFirst()) !== undefined;
  // Whoever enters a slip does something himself.
  const usedAfter = now - at <= within || (await isUsed(at, at + within));
  return { usedBefore: await isUsed(at - within, at), usedAfter };
}

/** When whoever has it confirmed that he received it; null where he has not. */
async function readReceipt(tx: Tx, postingId: string): Promise<Date | null> {
  const row = await tx
    .selectFrom("form_postings")
    .select("receipt_at")
    .where("posting_id", "=", postingId)
    .executeTakeFirst();
  return row?.receipt_at ?? null;
}

const timeIn = (timeZone: string, at: Date | null): string =>
  at === null ? "" : at.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });

/** Another slip that was entered with this photo before; all series of slips are held, so that of two at once one sees the other. */
async function findSlipOfPhoto(
  tx: Tx,
  evidenceId: string,
  except: { readonly seriesId: string; readonly slipNo: number },
): Promise<string | null> {
  const row = await tx
    .selectFrom("emergency_slips as s")
    .innerJoin("evidence as old", "old.evidence_id", "s.evidence_id")
    .innerJoin("evidence as e", "e.digest", "old.digest")
    .select("s.written")
    .where("e.evidence_id", "=", evidenceId)
    .where((eb) => eb.or([eb("s.series_id", "<>", except.seriesId), eb("s.slip_no", "<>", String(except.slipNo))]))
    .limit(1)
    .executeTakeFirst();
  return row?.written ?? null;
}

/** Slips that were entered, newest first, for who watches and who signed or entered them; and those in one's own hand. */
export async function listSlips(
  env: Environment,
  personId: string,
  entityId: string,
  watches: boolean,
): Promise<HandlerAnswer<"GET /v1/emergency">["slips"]> {
  let select = env.db
    .selectFrom("emergency_slips as s")
    .innerJoin("seals as l", "l.seal_id", "s.seal_id")
    .leftJoin("emergency_reviews as v", "v.slip_id", "s.slip_id")
    .selectAll("s")
    .select(["l.name_en", "l.name_zh", "v.verdict", "v.note as review_note"])
    .where("s.entity_id", "=", entityId)
    .orderBy("s.entered_at", "desc")
    .limit(50);
  if (!watches)
    select = select.where((eb) =>
      eb.or([
        eb("s.entered_by", "=", personId),
        eb("s.signatory_id", "=", personId),
        eb("s.custodian_id", "=", personId),
      ]),
    );
  const rows = await select.execute();
  const held = await env.db
    .selectFrom("form_holdings as h")
    .innerJoin("form_series as f", "f.series_id", "h.series_id")
    .select(["h.series_id", "h.first_no", "h.last_no", "f.prefix", "f.digits"])
    .where("f.kind", "=", "emergency-slip")
    .where("f.entity_id", "=", entityId)
    .where("h.until", "is", null)
    .where("h.holder_id", "=", personId)
    .orderBy("h.first_no")
    .execute();
  const person = await readPeople(
    env.db,
    rows.flatMap((row) => [row.signatory_id, row.custodian_id, row.entered_by]),
  );
  const answers = await readSlipAnswers(
    env.db,
    rows.map((row) => row.slip_id),
  );
  return {
    inHand: held.map((row) => ({
      seriesId: row.series_id,
      numbers: writeFormRange(row, { first: Number(row.first_no), last: Number(row.last_no) }),
    })),
    entered: rows.map((row) => ({
      ...{ slipId: row.slip_id, number: row.written, title: row.title, counterparty: row.counterparty },
      ...{ reason: row.reason, impressions: row.impressions, late: row.late, evidenceId: row.evidence_id },
      seal: { en: row.name_en, zh: row.name_zh },
      ...{ usedAt: row.used_at.toISOString(), enteredAt: row.entered_at.toISOString() },
      ...{ signatory: person(row.signatory_id), custodian: person(row.custodian_id), by: person(row.entered_by) },
      review: row.verdict ? { verdict: row.verdict as EmergencyVerdict, note: row.review_note ?? "" } : null,
      answers: answers
        .filter((one) => one.slip_id === row.slip_id)
        .map((one) => ({ person: person(one.person_id), wasMe: one.was_me, note: one.note })),
      mayAnswer:
        listNamedOnSlip(row).includes(personId) &&
        !answers.some((one) => one.slip_id === row.slip_id && one.person_id === personId),
      mayReview: watches && !row.verdict && ![row.signatory_id, row.custodian_id, row.entered_by].includes(personId),
    })),
  };
}
