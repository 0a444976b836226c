import { isQuietAlarm, joinHalves } from "@chancery/domain";
import {
  type AlarmText,
  alarmOf,
  alarmTexts,
  type ChainState,
  type Finding,
  findingTexts,
  type OpenedRecord,
} from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { raiseAlarm } from "../alarms/raise-alarm.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { openFinding } from "../tasks/open-finding.ts";

const day = 24 * 60 * 60_000;

/** What the platform found in records: kept with the controller, and told where somebody has to act at once. */
export async function storeFindings(
  tx: Tx,
  env: Environment,
  { before, after, findings }: { before: ChainState; after: ChainState; findings: readonly Finding[] },
): Promise<void> {
  await keep(
    tx,
    env,
    after,
    findings.map(({ code, seq, detail }) => ({ code, seq, detail })),
  );
  if (after.quarantined !== null && before.quarantined === null) {
    await recordEvent(tx, env, {
      type: "ControllerQuarantined",
      actorId: null,
      facts: { controller: after.dev, epoch: after.ep, code: after.quarantined, at: after.last },
    });
  }
  for (const [code, seen] of Map.groupBy(findings, (finding) => finding.code)) {
    const source = code === after.quarantined ? "controller.quarantined" : "controller.alarm";
    await tell(
      tx,
      env,
      after,
      { source, code, seq: seen[0]?.seq ?? after.last, times: seen.length },
      findingTexts[code],
    );
  }
}

/** Alarms that the box itself wrote into its journal. */
export async function tellAlarms(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  accepted: readonly OpenedRecord[],
): Promise<void> {
  const alarms = accepted.flatMap(({ record }) => {
    const code = alarmOf(record);
    return code === undefined ? [] : [{ code, seq: record.seq }];
  });
  await keep(
    tx,
    env,
    chain,
    alarms.map(({ code, seq }) => ({ code, seq, detail: alarmTexts[code].en })),
  );
  for (const [code, seen] of Map.groupBy(alarms, (alarm) => alarm.code)) {
    const about = { source: "controller.alarm", code, seq: seen[0]?.seq ?? chain.last, times: seen.length };
    await tell(tx, env, chain, about, alarmTexts[code]);
  }
}

async function keep(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  found: readonly { readonly code: string; readonly seq: number; readonly detail: string }[],
): Promise<void> {
  if (found.length === 0) return;
  await tx
    .insertInto("controller_findings")
    .values(
      found.map((one) => ({
        ...{ controller_id: chain.dev, epoch: chain.ep, ...one },
        found_at: new Date(env.clock.now()),
      })),
    )
    // The same record refused again is found once.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Tells people; what has to be looked at at once is a finding besides, which somebody closes when it is settled. */
async function tell(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  { source, ...seen }: { readonly source: string; readonly code: string; readonly seq: number; readonly times: number },
  text: AlarmText,
): Promise<void> {
  const subjectKey = `${chain.dev} ${seen.code}`;
  // What nobody beside the box may read is no entry among the findings, which its people look through: its alarm is told by name.
  if (text.speed === "at-once" && !isQuietAlarm(seen.code)) {
    const { entity_id: entityId, serial } = await tx
      .selectFrom("controllers")
      .select(["entity_id", "serial"])
      .where("controller_id", "=", chain.dev)
      .executeTakeFirstOrThrow();
    await openFinding(tx, env, {
      ...{ control: "C18", source, subjectKey, entityId, actorId: null },
      facts: { serial, controller: chain.dev, code: seen.code, what: joinHalves(text), todo: joinHalves(text.todo) },
    });
  }
  const finding = await tx
    .selectFrom("findings")
    .select("finding_id")
    .where("source", "=", source)
    .where("subject_key", "=", subjectKey)
    .where("state", "=", "open")
    .executeTakeFirst();
  await raiseAlarm(tx, env, chain, { ...seen, findingId: finding?.finding_id ?? null });
}

/**
 * The ledger is told a chain's head with each stamping, and once a day while records come: who later cuts the tail off
 * the journal contradicts it (attack 31).
 */
export async function noteHead(
  tx: Tx,
  env: Environment,
  chain: ChainState,
  accepted: readonly OpenedRecord[],
): Promise<void> {
  if (accepted.length === 0) return;
  const now = new Date(env.clock.now());
  const due = accepted.some(({ record }) => record.ty === "stamp.end" || record.ty === "genesis");
  const noted = await tx
    .updateTable("controller_chains")
    .set({ noted_seq: chain.last, noted_at: now })
    .where("controller_id", "=", chain.dev)
    .where("epoch", "=", chain.ep)
    .where((eb) =>
      due ? eb.lit(true) : eb.or([eb("noted_at", "is", null), eb("noted_at", "<", new Date(now.getTime() - day))]),
    )
    .executeTakeFirst();
  if (noted.numUpdatedRows === 0n) return;
  await recordEvent(tx, env, {
    type: "ControllerHeadNoted",
    actorId: null,
    facts: { controller: chain.dev, epoch: chain.ep, last: chain.last, head: chain.head },
  });
}
