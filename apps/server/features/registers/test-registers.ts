import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type LineToWrite, writeRegisterLine } from "./write-line.ts";

export type TestLine = Pick<LineToWrite, "register" | "kind" | "entityId"> & Partial<LineToWrite>;

/** One line with an event of its own, as a feature writes it in its transaction. */
export function writeLineInTest(env: Environment, line: TestLine): Promise<{ lineId: string; number: string }> {
  return transact(env.db, async (tx) => {
    const { eventId } = await recordEvent(tx, env, {
      type: "CustodyMoved",
      actorId: null,
      sealId: line.sealId ?? null,
      facts: { test: true },
    });
    return writeRegisterLine(tx, env, { facts: {}, ...line, eventId } as LineToWrite);
  });
}
