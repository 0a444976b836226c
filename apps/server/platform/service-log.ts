import { isDatabaseGone } from "./database-gone.ts";
import { describeFault } from "./describe-fault.ts";
import type { Environment } from "./environment.ts";

type Log = Environment["logger"];

/**
 * The log as services and background tasks write it: an error without the data that a database quotes, a lost connection
 * in one line, and none at all once the server is stopping, for then connections end because we end them.
 */
export function createServiceLog(log: Log, isStopping: () => boolean): Log {
  const write =
    (level: "info" | "warn" | "error") =>
    (facts: object, text: string): void => {
      const error = "err" in facts ? facts.err : null;
      const gone = isDatabaseGone(error);
      if (gone && isStopping()) return;
      const { stack, ...told } = describeFault(error);
      log[level](error === null ? facts : { ...facts, err: gone ? told : { ...told, stack } }, text);
    };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}
