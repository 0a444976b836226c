import { mayTakeBack } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn, readGrantsInForce } from "../organisation/read-grants.ts";
import { listGone } from "../rules/named-people.ts";
import type { LoadedRequest } from "./load-request.ts";

type Asked = Pick<LoadedRequest, "row" | "around">;

/** Who may take a request back in the place of an applicant who has left; nobody while he is here. */
export async function listStandIns(reader: Reader, env: Environment, { row, around }: Asked): Promise<string[]> {
  if (!around.applicantLeft) return [];
  const grants = await readGrantsInForce(reader, env.clock.now(), { entityId: row.entity_id ?? "" });
  const administrators = grants.filter(({ role }) => role === "seal-administrator").map(({ personId }) => personId);
  const people = [...new Set([...(row.handler_id === null ? [] : [row.handler_id]), ...administrators])];
  const gone = await listGone(reader, people);
  const { applicant_id: applicantId, handler_id: handlerId } = row;
  const facts = { applicantId, applicantLeft: true, handlerId, administrators };
  return people.filter((actorId) => !gone.includes(actorId) && mayTakeBack({ ...facts, actorId }));
}

/** That the applicant has left, and on which day; null while he is here. */
export async function showApplicantLeft(reader: Reader, { row, around }: Asked): Promise<{ on: string | null } | null> {
  if (!around.applicantLeft) return null;
  const told = await reader
    .selectFrom("events")
    .select("at")
    .where("type", "=", "PersonDeparted")
    .where("person_id", "=", row.applicant_id)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return { on: told ? dayIn(around.timeZone ?? "UTC", told.at.getTime()) : null };
}
