import {
  describeRefusal,
  listLoosenedMeetings,
  listMatrix,
  listSeparationConflicts,
  type Profile,
} from "@chancery/domain";
import type { HandlerAnswer, Handlers } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readGrants } from "../organisation/read-grants.ts";
import { readScopeNames } from "../organisation/scope-names.ts";
import { readPeople } from "../requests/read-people.ts";
import { checkSeparation, findHoles } from "./prove.ts";
import type { KeptHole } from "./read-proof.ts";

type Answer = HandlerAnswer<"GET /v1/separation">;

export function separationHandlers(
  env: Environment,
): Pick<Handlers, "GET /v1/separation" | "POST /v1/separation/checks"> {
  return {
    "GET /v1/separation": async () => {
      const installation = await env.db.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
      const profile = installation.profile as Profile;
      const grants = await readGrants(env.db, { named: true });
      const now = env.clock.now();
      const last = await env.db
        .selectFrom("separation_checks")
        .select(["at", "asked_by", "holes"])
        .orderBy("at", "desc")
        .limit(1)
        .executeTakeFirst();
      const person = await readPeople(env.db, [last?.asked_by]);
      return {
        profile,
        pairs: listMatrix(profile).map(({ roles: [a, b], state }) => ({ roles: [a, b], state })),
        loosened: await showLoosened(env.db, listLoosenedMeetings(grants, profile)),
        conflicts: listSeparationConflicts(grants, profile).map((conflict) => ({
          ...{ code: conflict.code, rule: conflict.rule, facts: { ...conflict.facts } },
          ...describeRefusal(conflict),
        })),
        proof: await showProof(env.db, new Date(now), await findHoles(env.db, now)),
        lastCheck: last
          ? { at: last.at.toISOString(), askedBy: person(last.asked_by), holes: last.holes.length }
          : null,
      };
    },
    "POST /v1/separation/checks": async (_, call) => {
      const { at, holes } = await checkSeparation(env, call.person().personId);
      return showProof(env.db, at, holes);
    },
  };
}

async function showProof(reader: Reader, at: Date, holes: readonly KeptHole[]): Promise<Answer["proof"]> {
  const person = await readPeople(
    reader,
    holes.flatMap((hole) => [hole.personId, ...hole.of]),
  );
  const seals = await reader
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh"])
    .where("seal_id", "in", [...new Set(["", ...holes.map((hole) => hole.sealId)])])
    .execute();
  const sealOf = new Map(seals.map((row) => [row.seal_id, row]));
  return {
    at: at.toISOString(),
    holds: holes.length === 0,
    holes: holes.flatMap(({ personId, sealId, from, to, chain, of }) => {
      const [who, seal] = [person(personId), sealOf.get(sealId)];
      if (!who || !seal) return [];
      return [
        {
          ...{ person: who, from, to },
          seal: { sealId, number: seal.number, name: { en: seal.name_en, zh: seal.name_zh } },
          chain: chain.map((link, at) => ({ ...link, of: person(of[at]) })),
        },
      ];
    }),
  };
}

/** Pairs that meet by the profile's leave, with who consented to the later grant and the last day on which they meet. */
async function showLoosened(
  reader: Reader,
  meetings: ReturnType<typeof listLoosenedMeetings>,
): Promise<Answer["loosened"]> {
  const ids = meetings.flat().map((grant) => grant.grantId);
  const consents = await reader
    .selectFrom("grants as g")
    .leftJoin("account_changes as a", (join) =>
      join.onRef("a.account_change_id", "=", "g.account_change_id").on("a.state", "=", "confirmed"),
    )
    .select(["g.grant_id", "g.granted_at", "g.risk", "a.decided_by"])
    .where("g.grant_id", "in", ["", ...ids])
    .orderBy("g.granted_at")
    .execute();
  const person = await readPeople(reader, [
    ...meetings.map(([grant]) => grant.personId),
    ...consents.map((row) => row.decided_by),
  ]);
  const nameOf = await readScopeNames(reader);
  return meetings.flatMap(([a, b]) => {
    const who = person(a.personId);
    if (!who) return [];
    const show = ({ grantId, role, scope, from, to }: typeof a) => ({
      ...{ grantId, role, from, to },
      scopeName: nameOf(scope.id),
    });
    const ends = [a.to, b.to].filter((day) => day !== null).toSorted();
    const later = consents.findLast((row) => row.grant_id === a.grantId || row.grant_id === b.grantId);
    return [
      {
        ...{ person: who, held: [show(a), show(b)] as [ReturnType<typeof show>, ReturnType<typeof show>] },
        ...{ risk: later?.risk ?? null },
        ...{ secondPerson: person(later?.decided_by), endsOn: ends[0] ?? null },
      },
    ];
  });
}
