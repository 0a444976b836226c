import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";

/** Shows people a request from now on; who is shown it already stays as he is. Answers who is new. */
export async function copyTo(
  tx: Tx,
  env: Environment,
  copy: { requestId: string; personIds: readonly string[]; cause: "mentioned" | "passed-on"; by: string },
): Promise<string[]> {
  if (copy.personIds.length === 0) return [];
  const rows = await tx
    .insertInto("request_copies")
    .values(
      copy.personIds.map((personId) => ({
        ...{ request_id: copy.requestId, person_id: personId, cause: copy.cause, by_person: copy.by },
        at: new Date(env.clock.now()),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning("person_id")
    .execute();
  return rows.map((row) => row.person_id);
}
