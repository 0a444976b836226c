import type { RouteAnswer } from "@chancery/api/client";
import { decideCopies, listCopyActs } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { showMakeUpsOf } from "../make-up/show-make-up.ts";
import { readPeople } from "../requests/read-people.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { readCopies, readShowings } from "./copy-rows.ts";
import { peopleOfCopies } from "./move-copies.ts";

type View = RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamped-copies">;

/** The copies of a request that were stamped; none before it was, and none of what was sealed electronically. */
export async function showCopies(env: Environment, personId: string, requestId: string): Promise<View> {
  const stamping = await readStamping(env.db, requestId);
  if (!stamping) return { copies: [] };
  const view = await readGateFacts(env.db, env, requestId);
  const known = await readCopies(env.db, requestId);
  const showing = await readShowings(env.db, env.clock.now(), requestId);
  const people = peopleOfCopies(view, stamping);
  const makeUps = await showMakeUpsOf(env, personId, view.loaded);
  const person = await readPeople(
    env.db,
    known.flatMap(({ said }) => (said ? [said.by_person] : [])),
  );
  // Asked of the rule itself, with everything said that can be said.
  const said = {
    receiver: "-",
    way: "courier",
    courier: "-",
    reason: "-",
    photo: "nowhere",
    namesOther: false,
  } as const;
  return {
    copies: known.map((one) => ({
      ...{ copy: one.copy, state: one.state, showing: showing(one.copy) },
      spoiled: one.impressions.filter((state) => state === "spoiled").length,
      unknown: one.impressions.filter((state) => state === "unknown").length,
      ...{ receiver: one.said?.receiver ?? "", way: (one.said?.way ?? null) as "in-person" | "courier" | null },
      ...{ courier: one.said?.courier ?? "", reason: one.said?.reason ?? "" },
      ...{ evidenceId: one.said?.evidence_id ?? null, by: one.said ? person(one.said.by_person) : null },
      at: one.said?.at.toISOString() ?? null,
      ...makeUps(one),
      acts: listCopyActs(one).filter(
        (act) =>
          decideCopies({
            ...{ ...said, ...people, actorId: personId, act, copies: [one.copy], known, showing },
            requestState: view.loaded.row.state,
          }).ok,
      ),
    })),
  };
}
