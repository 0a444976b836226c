import { findGap, findSilence, gapWait } from "@chancery/seallink";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readMostSilence } from "../controller-settings/read-settings.ts";
import { lockChain, storeChain } from "./chain-rows.ts";
import { storeFindings } from "./tell-findings.ts";

const photoTime = 24 * 60 * 60_000;

/** Photos that did not come within a day of the record that named them: found once each (clause 3.8). */
export async function tellMissingPhotos(env: Environment): Promise<void> {
  const owed = await env.db
    .selectFrom("controller_photos")
    .select(["controller_id", "hash", "epoch", "seq"])
    .where("digest", "is", null)
    .where("missed", "=", false)
    .where("named_at", "<=", new Date(env.clock.now() - photoTime))
    .limit(500)
    .execute();
  for (const { controller_id: controllerId, hash, epoch, seq } of owed)
    await transact(env.db, async (tx) => {
      const chain = await lockChain(tx, controllerId, epoch);
      const missed = await tx
        .updateTable("controller_photos")
        .set({ missed: true })
        .where("controller_id", "=", controllerId)
        .where("hash", "=", hash)
        .where("digest", "is", null)
        .executeTakeFirst();
      if (chain === null || missed.numUpdatedRows === 0n) return;
      const finding = { code: "PIC_MISSING" as const, seq: Number(seq), detail: `The photo ${hash} has not arrived.` };
      await storeFindings(tx, env, { before: chain, after: chain, findings: [finding] });
    });
}

/** Records that have waited too long for an earlier one, while the box is there: told once for each gap (clause 3.6). */
export async function tellMissingRecords(env: Environment): Promise<void> {
  const now = env.clock.now();
  const chains = await env.db
    .selectFrom("controller_records_pending as w")
    .innerJoin("controller_chains as c", (join) =>
      join.onRef("c.controller_id", "=", "w.controller_id").onRef("c.epoch", "=", "w.epoch"),
    )
    .innerJoin("controller_presence as p", "p.controller_id", "w.controller_id")
    .select(["w.controller_id", "w.epoch"])
    .distinct()
    .where("w.received_at", "<=", new Date(now - gapWait))
    .where("c.gap_told", "=", false)
    .where("p.online", "=", true)
    .execute();
  for (const { controller_id: controllerId, epoch } of chains)
    await transact(env.db, async (tx) => {
      const before = await lockChain(tx, controllerId, epoch);
      if (before === null) return;
      const { chain: after, finding } = findGap(before, now);
      if (finding === undefined) return;
      await storeChain(tx, before, after);
      await storeFindings(tx, env, { before, after, findings: [finding] });
    });
}

/** Boxes that were not heard for longer than their settings allow, so that they have locked themselves: told once for each silence (C18, attack 13). */
export async function tellSilentBoxes(env: Environment): Promise<void> {
  const now = env.clock.now();
  const heard = await env.db
    .selectFrom("controller_presence as p")
    .innerJoin("controllers as c", "c.controller_id", "p.controller_id")
    .innerJoin("controller_chains as k", "k.controller_id", "p.controller_id")
    .select(["p.controller_id", "k.epoch", "p.heard_at"])
    .where("c.state", "=", "enrolled")
    .where("k.closed", "=", false)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("alarms as a")
            .select("a.code")
            .whereRef("a.controller_id", "=", "p.controller_id")
            .where("a.code", "=", "OFFLINE_TOO_LONG")
            .whereRef("a.last_at", ">", "p.heard_at"),
        ),
      ),
    )
    .execute();
  const mostSilence = await readMostSilence(
    env.db,
    heard.map((one) => one.controller_id),
  );
  for (const { controller_id: controllerId, epoch, heard_at: heardAt } of heard) {
    const code = findSilence(heardAt.getTime(), mostSilence(controllerId), now);
    if (code === undefined) continue;
    await transact(env.db, async (tx) => {
      const chain = await lockChain(tx, controllerId, epoch);
      if (chain === null || chain.closed) return;
      const finding = { code, seq: chain.last, detail: `Not heard since ${heardAt.toISOString()}.` };
      await storeFindings(tx, env, { before: chain, after: chain, findings: [finding] });
    });
  }
}
