import { describe } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { eventsInOrder } from "../ledger/timeline.ts";
import type { Detail } from "./detail.ts";
import type { LoadedRequest } from "./load-request.ts";
import { readPeople } from "./read-people.ts";

/**
 * Why a request came back though none whom it was put to returned it: the other side of a joint request did, or the rules in
 * force were made to hold for it. Null where one of its own people returned it, for his step says so.
 */
export async function readCameBack(reader: Reader, { row, steps }: LoadedRequest): Promise<Detail["cameBack"]> {
  if (row.state !== "returned" || steps.some((step) => step.state === "returned")) return null;
  const event = await eventsInOrder(reader, "newest-first")
    .leftJoin("matters as m", "m.matter_id", "e.matter_id")
    .select(["e.type", "e.at", "e.actor_id", "e.facts", "e.comment", "m.asked_by", "m.number"])
    .where("e.request_id", "=", row.request_id)
    .where("e.type", "in", ["SealUseWithOtherSideReturned", "SealUseStepReturned"])
    .limit(1)
    .executeTakeFirst();
  if (!event) return null;
  const facts = event.facts as { other?: string | null; event?: string };
  const { sentence, wayOut } =
    event.type === "SealUseStepReturned"
      ? describe("rules.request-returned", { matter: event.number })
      : describe("joint.returned-with", { other: facts.other ?? null, event: facts.event ?? "returned" });
  // The words are those of who asked for it, whoever decided on them.
  const by = event.asked_by ?? event.actor_id;
  const person = await readPeople(reader, [by]);
  return {
    ...{ at: event.at.toISOString(), by: person(by), sentence, comment: event.comment },
    wayOut: wayOut ?? sentence,
  };
}
