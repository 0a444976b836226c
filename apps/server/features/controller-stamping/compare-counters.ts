import { compareCounter } from "@chancery/domain";
import type { ChainState } from "@chancery/seallink";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type Box, readBoxes, recordOf } from "../controllers/read-box.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { tellOfSlot } from "./tell-of-slot.ts";

/** A slot whose counter and stored strokes differ, by so many. */
export interface CounterDifference {
  readonly controllerId: string;
  readonly epoch: number;
  readonly slot: number;
  readonly difference: number;
}

/** Compares, slot by slot of every epoch, what the drive counts with the strokes that are stored (C09, C18). */
export async function compareCounters(reader: Reader): Promise<CounterDifference[]> {
  const chains = await reader
    .selectFrom("controller_chains as c")
    .innerJoin("controller_records as r", (join) =>
      join
        .onRef("r.controller_id", "=", "c.controller_id")
        .onRef("r.epoch", "=", "c.epoch")
        .on("r.seq", "=", "1" as never),
    )
    .select(["c.controller_id", "c.epoch", "c.counters", "c.open_stroke", "r.record"])
    .orderBy("c.controller_id")
    .orderBy("c.epoch")
    .execute();
  const strokes = await reader
    .selectFrom("controller_strokes")
    .select(["controller_id", "epoch", "slot", "out"])
    .select((eb) => [eb.fn.countAll<string>().as("count"), eb.fn.sum<string>("beyond").as("beyond")])
    .groupBy(["controller_id", "epoch", "slot", "out"])
    .execute();
  return chains.flatMap((chain) => {
    const own = strokes.filter((one) => one.controller_id === chain.controller_id && one.epoch === chain.epoch);
    const first = recordOf(chain.record).imp;
    const open = chain.open_stroke as ChainState["open"];
    const newest = chain.counters.map(Number);
    return newest.flatMap((counter, slot) => {
      const count = (out: string): number =>
        Number(own.find((one) => one.slot === slot && one.out === out)?.count ?? 0);
      // What it counted beyond a stroke of a request is a case of that request already.
      const beyond = own.reduce((sum, one) => sum + (one.slot === slot ? Number(one.beyond) : 0), 0);
      const difference = compareCounter({
        ...{ first: first[slot] ?? 0, newest: counter, done: count("done") + beyond, unknown: count("unknown") },
        open: open?.slot === slot,
      });
      return difference === 0 ? [] : [{ controllerId: chain.controller_id, epoch: chain.epoch, slot, difference }];
    });
  });
}

/** Compares once a day by itself, after midnight (UTC), where a controller ever wrote anything; each difference is a case once. */
export async function compareCountersNightly(env: Environment): Promise<void> {
  const any = await env.db.selectFrom("controller_chains").select("controller_id").limit(1).executeTakeFirst();
  if (!any) return;
  const last = await env.db.selectFrom("counter_checks").select("at").orderBy("at", "desc").limit(1).executeTakeFirst();
  if (last && dayIn("UTC", last.at.getTime()) === dayIn("UTC", env.clock.now())) return;
  await transact(env.db, async (tx) => {
    const found = await compareCounters(tx);
    await tx
      .insertInto("counter_checks")
      .values({ at: new Date(env.clock.now()), differing: found.length })
      .execute();
    const boxes = await readBoxes(tx, [...new Set(found.map(({ controllerId }) => controllerId))]);
    for (const one of found)
      await tellDifference(
        tx,
        env,
        one,
        boxes.find(({ controllerId }) => controllerId === one.controllerId),
      );
    await recordEvent(tx, env, {
      ...{ type: "ControllerCountersCompared", actorId: null },
      facts: { differing: found.length },
    });
  });
}

async function tellDifference(tx: Tx, env: Environment, found: CounterDifference, box: Box | undefined): Promise<void> {
  const { controllerId, epoch, slot, difference } = found;
  await tellOfSlot(tx, env, {
    ...{ source: difference > 0 ? "counts.counter-more" : "counts.counter-less", controllerId, epoch, slot },
    ...{ subjectKey: `${controllerId} ${epoch} ${slot} ${difference}`, entityId: box?.entityId ?? null },
    bodyId: box?.mounted.find((one) => one.slot === slot)?.bodyId ?? null,
    facts: { serial: box?.serial ?? controllerId, slot, count: Math.abs(difference) },
  });
}
