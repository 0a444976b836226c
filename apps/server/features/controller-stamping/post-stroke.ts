import { askGate, countBeyond, describe, type ImpressionCommand, takeStroke } from "@chancery/domain";
import { type AuthorisationClaims, type ChainState, type JournalRecord, peekJws } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { handlesOf, readBoxes, recordOf } from "../controllers/read-box.ts";
import { wasAgreed } from "../remote-supervision/follow-look.ts";
import { freezeRequest } from "../requests/freeze-request.ts";
import { changeImpression } from "../stamping/follow-stamping.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import { type HandImpressionRow, readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { openCase } from "../tasks/open-case.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { freezeSealOf } from "./freeze-seals.ts";
import type { OwnAuthorisation } from "./post-journal.ts";

type StampEnd = JournalRecord & { readonly ty: "stamp.end" };

/**
 * Posts a stroke to its request's account: the impression it made is pressed or not known, one that never left the box is still to
 * be made, and one too many freezes request and seal. It happened, so that nothing here is refused; what does not fit is found. Answers
 * whether its drive counted more than that, which is told as a case of the request.
 */
export async function postStroke(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  record: StampEnd,
  authorisation: OwnAuthorisation,
): Promise<"fits" | "counted-more"> {
  const { request_id: requestId, body_id: bodyId } = authorisation;
  const view = await readGateFacts(tx, env, requestId, { lock: true });
  const own = (await readHandImpressions(tx, requestId)).filter((one) => one.bodyId === bodyId);
  const told = await readStroked(tx, own);
  const taken = takeStroke(
    record.out,
    own.map(({ impressionId, state }) => ({ state, stroke: told.has(impressionId) })),
  );
  const impression = taken.kind === "impression" ? own[taken.at] : undefined;
  const beyond = await readBeyond(tx, chain, record);
  await tx
    .insertInto("controller_strokes")
    .values({
      ...{
        controller_id: chain.dev,
        epoch: chain.ep,
        seq: record.seq,
        jti: record.jti,
        n: record.n,
        slot: record.slot,
      },
      ...{ out: record.out, operator: record.op, counter: record.imp[record.slot] ?? 0, at: new Date(record.t) },
      beyond,
      impression_id: impression?.impressionId ?? null,
    })
    .execute();
  if (taken.kind === "impression" && impression && taken.command !== null)
    await postImpression(tx, env, chain, view, { record, impression, command: taken.command });
  if (taken.kind !== "excess" && beyond === 0) return "fits";
  const [box] = await readBoxes(tx, [chain.dev]);
  await tellExcess(tx, env, view, {
    ...{ serial: box?.serial ?? chain.dev, bodyId, authorisation: authorisation.jti },
    ...(taken.kind === "excess"
      ? { source: "stamping.excess", facts: {} }
      : { source: "stamping.counter-beyond", facts: { count: beyond } }),
  });
  return beyond > 0 ? "counted-more" : "fits";
}

/** By how much the drive counted more in this stroke than its record says; what was counted before it began is none of it. */
async function readBeyond(tx: Tx, chain: ChainState, record: StampEnd): Promise<number> {
  const begun = await tx
    .selectFrom("controller_records")
    .select("record")
    .where("controller_id", "=", chain.dev)
    .where("epoch", "=", chain.ep)
    .where("type", "=", "stamp.begin")
    .where("jti", "=", record.jti)
    .where("seq", "<", String(record.seq))
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!begun) return 0;
  const before = recordOf(begun.record);
  if (before.ty !== "stamp.begin" || before.n !== record.n || before.slot !== record.slot) return 0;
  const { slot, out } = record;
  return countBeyond({ begun: before.imp[slot] ?? 0, ended: record.imp[slot] ?? 0, out });
}

/** What a stroke made of its impression. */
async function postImpression(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  view: GateView,
  made: { readonly record: StampEnd; readonly impression: HandImpressionRow; readonly command: ImpressionCommand },
): Promise<void> {
  const { record, impression, command } = made;
  const facts = { controller: chain.dev, jti: record.jti, n: record.n, counter: record.imp[record.slot] ?? 0 };
  if (command === "doubt") {
    await changeImpression(tx, env, view, impression, "doubt", { actorId: null, facts });
    return;
  }
  const pressed = await changeImpression(tx, env, view, impression, "press", { actorId: null, stroke: true, facts });
  await judgePress(tx, env, chain, view, pressed, record);
}

/** Which of these impressions a stroke made already. */
export async function readStroked(tx: Tx, own: readonly HandImpressionRow[]): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectFrom("told_strokes")
    .select("impression_id")
    .where("impression_id", "in", ["", ...own.map(({ impressionId }) => impressionId)])
    .execute();
  return new Set(rows.flatMap((row) => row.impression_id ?? []));
}

/** What was pressed by another hand than the authorisation names, without the word it waits for, or after the gate had closed, is not known: people decide. */
async function judgePress(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  before: GateView,
  impression: HandImpressionRow,
  { op: operator, sup, jti, n }: StampEnd,
): Promise<void> {
  const { row } = before.loaded;
  const stamping = await readStamping(tx, row.request_id);
  const [box] = await readBoxes(tx, [chain.dev]);
  const about = {
    ...{ subjectKey: impression.impressionId, entityId: row.entity_id, sealId: impression.sealId },
    ...{ bodyId: impression.bodyId, personId: stamping?.opened_by ?? null, actorId: null },
  };
  if (!box || !stamping || !handlesOf(box, stamping.opened_by).includes(operator)) {
    await openFinding(tx, env, {
      ...{ ...about, control: "C08", source: "stamping.other-operator" },
      facts: { subject: row.number, serial: box?.serial ?? chain.dev },
    });
    await changeImpression(tx, env, before, impression, "doubt", { actorId: null, facts: { operator } });
    return;
  }
  if (!(await wasWatched(tx, jti, sup))) {
    await openFinding(tx, env, {
      ...{ ...about, control: "C04", source: "stamping.unwatched" },
      facts: { subject: row.number, serial: box.serial },
    });
    await changeImpression(tx, env, before, impression, "doubt", { actorId: null, facts: { unwatched: true } });
    return;
  }
  if (!(await wasAgreed(tx, { requestId: row.request_id, jti, n }))) {
    await openFinding(tx, env, {
      ...{ ...about, control: "C04", source: "stamping.not-agreed" },
      facts: { subject: row.number, serial: box.serial },
    });
    await changeImpression(tx, env, before, impression, "doubt", { actorId: null, facts: { notAgreed: true } });
    return;
  }
  await doubtWhereClosed(tx, env, before, impression, stamping.opened_by);
}

/**
 * Whether as many people as its authorisation asks for were at the box with whoever pressed, by the fingers that the record names.
 * A box asks for them itself; one that was made to press without them says so, or names none.
 */
async function wasWatched(tx: Tx, jti: string, fingers: readonly string[]): Promise<boolean> {
  const { token } = await tx
    .selectFrom("controller_signatures")
    .select("token")
    .where("jti", "=", jti)
    .executeTakeFirstOrThrow();
  const peeked = peekJws(token);
  if (!peeked.ok) throw new Error("an authorisation that we signed cannot be read");
  const { sup } = peeked.value.payload as Pick<AuthorisationClaims, "sup">;
  const there = (sup?.of ?? []).filter(({ cred }) => cred.some((one) => fingers.includes(one)));
  return there.length >= (sup?.n ?? 0);
}

/** What was pressed, as a controller tells of it, after the gate had closed: nobody can tell when it was, and people decide. */
export async function doubtWhereClosed(
  tx: Tx,
  env: Environment,
  before: GateView,
  impression: HandImpressionRow,
  stamperId: string,
): Promise<void> {
  const { row } = before.loaded;
  const { facts } = await readGateFacts(tx, env, row.request_id, { wanted: [impression.impressionId] });
  const answer = askGate(facts);
  if (answer.allowed) return;
  const unmet = answer.conditions.find(({ met }) => !met);
  if (!unmet) throw new Error("the gate refused and named no condition");
  const { sentence } = describe(unmet.code, unmet.facts);
  await openFinding(tx, env, {
    ...{ subjectKey: impression.impressionId, entityId: row.entity_id, sealId: impression.sealId },
    ...{ bodyId: impression.bodyId, personId: stamperId, actorId: null },
    ...{ control: unmet.control, source: "stamping.after-stop" },
    facts: { subject: row.number, reason: `${sentence.en} · ${sentence.zh}` },
  });
  await changeImpression(tx, env, before, impression, "doubt", { actorId: null, facts: { gate: unmet.code } });
}

/**
 * More than was authorised, or counted by the drive beyond what is recorded: request and seal are frozen at once; a box of our own is in
 * quarantine already (C09).
 */
export async function tellExcess(
  tx: Tx,
  env: Environment,
  { loaded: { row } }: GateView,
  of: {
    readonly serial: string;
    readonly bodyId: string;
    readonly authorisation: string;
    readonly source: "stamping.excess" | "stamping.counter-beyond";
    readonly facts: Readonly<Record<string, number>>;
  },
): Promise<void> {
  const { serial, bodyId } = of;
  const body = await tx
    .selectFrom("seal_bodies")
    .select("seal_id")
    .where("body_id", "=", bodyId)
    .executeTakeFirstOrThrow();
  // Who opened the stamping says what happened at the box: an authorisation is only ever asked for by him.
  const { opened_by: explainerId } = await tx
    .selectFrom("stampings")
    .select("opened_by")
    .where("request_id", "=", row.request_id)
    .executeTakeFirstOrThrow();
  await openCase(tx, env, {
    ...{
      control: "C09",
      source: of.source,
      subjectKey: `${row.request_id} ${of.authorisation}`,
      entityId: row.entity_id,
    },
    ...{ sealId: body.seal_id, bodyId, actorId: null, explainerId },
    facts: { subject: row.number, serial, request: row.request_id, ...of.facts },
  });
  await freezeRequest(tx, env, row);
  await freezeSealOf(tx, env, body.seal_id, `${serial}: more than authorised / 超出授权次数`);
}
