import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";

/**
 * Removes stored bytes that nothing refers to: uploads that were refused, and files that were sealed but never settled
 * because the process ended or the gate said no. Younger ones may belong to a call that is under way.
 */
export async function sweepFiles(env: Environment, youngest: number): Promise<number> {
  let removed = 0;
  for await (const { digest, storedAt } of env.files.list()) {
    if (Date.now() - storedAt < youngest) continue;
    if (await forgetFile(env, digest)) removed += 1;
  }
  return removed;
}
