import type { RouteAnswer } from "@chancery/api/client";
import { mayConfirmAccounts } from "@chancery/domain";
import type { SignedIn } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { countWaitingAlarms } from "../alarms/read-model.ts";
import { listOpeningsFor } from "../custody/openings.ts";
import { countWaitingMatters } from "../matters/read-model.ts";
import { readAwayUntil } from "../organisation/absences.ts";
import { countUnconfirmedPositions } from "../positions/read-model.ts";
import { listSummaries } from "../requests/summaries.ts";
import { countUnread } from "../rule-book/bound-people.ts";
import { countMyTasks } from "../tasks/read-model.ts";
import { readActingRoles, readWholeRoles } from "./permissions.ts";
import { findSession } from "./sessions.ts";

export type SessionAnswer = RouteAnswer<"GET /v1/session">;

/** What the pages know about who is signed in, with the numbers of what waits for this person. */
export async function describeSession(env: Environment, signedIn: SignedIn): Promise<SessionAnswer> {
  const now = env.clock.now();
  const person = await env.db
    .selectFrom("people as p")
    .leftJoin("units as u", "u.unit_id", "p.unit_id")
    .selectAll("p")
    .select(["u.name_en as unit_en", "u.name_zh as unit_zh"])
    .where("p.person_id", "=", signedIn.personId)
    .executeTakeFirstOrThrow();
  const session = await env.db
    .selectFrom("sessions")
    .select("expires_at")
    .where("token_hash", "=", signedIn.sessionHash)
    .executeTakeFirstOrThrow();
  const installation = await env.db.selectFrom("installation").selectAll().executeTakeFirstOrThrow();
  const passkey = await env.db
    .selectFrom("passkeys")
    .select("passkey_id")
    .where("person_id", "=", signedIn.personId)
    .executeTakeFirst();
  const entities = await env.db.selectFrom("entities").selectAll().orderBy("code").execute();
  const own = await listEntitiesOf(env, signedIn.personId, person.entity_id);
  return {
    person: {
      personId: person.person_id,
      name: { en: person.name_en, zh: person.name_zh },
      login: person.login,
      guest: person.guest,
    },
    unit:
      person.unit_id && person.unit_en && person.unit_zh
        ? { unitId: person.unit_id, name: { en: person.unit_en, zh: person.unit_zh } }
        : null,
    entities: entities
      .filter((entity) => own.has(entity.entity_id))
      // His own comes first: it is what he applies for unless he says otherwise.
      .toSorted((a, b) => Number(b.entity_id === person.entity_id) - Number(a.entity_id === person.entity_id))
      .map((entity) => ({
        entityId: entity.entity_id,
        name: { en: entity.name_en, zh: entity.name_zh },
        code: entity.code,
      })),
    timeZone: entities.find((entity) => entity.entity_id === person.entity_id)?.time_zone ?? null,
    roles: await readActingRoles(env.db, signedIn.personId, now),
    permissions: [...signedIn.permissions],
    organisation: { en: installation.name_en ?? "Chancery", zh: installation.name_zh ?? "Chancery" },
    sample: installation.state === "sample",
    lab: env.lab === true || installation.state === "sample",
    hasPasskey: passkey !== undefined,
    hasPassword: person.password_hash !== null,
    expiresAt: session.expires_at.toISOString(),
    awayUntil: await readAwayUntil(env.db, signedIn.personId, now),
    csrfToken: signedIn.csrfToken,
    waiting: await countWaiting(env, signedIn),
  };
}

/** The session just opened, as its first answer. */
export async function describeNewSession(env: Environment, token: string): Promise<SessionAnswer> {
  const signedIn = await findSession(env, token);
  if (!signedIn) throw new Error("a session that was just opened is not there");
  return describeSession(env, signedIn);
}

/** His own entity, and those he holds a role in. */
async function listEntitiesOf(env: Environment, personId: string, home: string | null): Promise<Set<string>> {
  const rows = await env.db
    .selectFrom("held_roles as g")
    .leftJoin("units as u", "u.unit_id", "g.scope_id")
    .leftJoin("seals as s", "s.seal_id", "g.scope_id")
    .select(["g.scope_id", "u.entity_id as unit_entity", "s.entity_id as seal_entity"])
    .where("g.person_id", "=", personId)
    .where("g.state", "=", "given")
    .execute();
  const found = rows.map((row) => row.unit_entity ?? row.seal_entity ?? row.scope_id);
  return new Set(home === null ? found : [home, ...found]);
}

async function countWaiting(env: Environment, { personId, permissions }: SignedIn): Promise<SessionAnswer["waiting"]> {
  const { items } = await listSummaries(env, personId, { view: "waiting" });
  const kindOf = (kind: string | null): "inbox" | "releases" | "confirmations" =>
    kind === "confirmation" ? "confirmations" : kind === "release" ? "releases" : "inbox";
  const count = (kind: ReturnType<typeof kindOf>): number =>
    items.filter((item) => kindOf(item.waitingKind) === kind).length;
  const everyChange = mayConfirmAccounts(await readWholeRoles(env.db, personId, env.clock.now()), false);
  const accounts = permissions.has("person.confirm")
    ? await env.db
        .selectFrom("account_changes as c")
        .select("account_change_id")
        .$if(!everyChange, (query) =>
          query
            .where("kind", "=", "grant")
            .where((eb) =>
              eb.exists(
                eb
                  .selectFrom("grants as g")
                  .select("g.grant_id")
                  .whereRef("g.account_change_id", "=", "c.account_change_id")
                  .where("g.risk", "is not", null),
              ),
            ),
        )
        .where("state", "=", "waiting")
        .where("c.asked_by", "<>", personId)
        .where("c.person_id", "<>", personId)
        .execute()
    : [];
  return {
    inbox: count("inbox"),
    releases: count("releases"),
    confirmations: count("confirmations"),
    accounts: accounts.length,
    matters: await countWaitingMatters(env, personId),
    tasks: await countMyTasks(env, personId),
    ruleBook: await countUnread(env, personId),
    positions: await countUnconfirmedPositions(env, personId),
    alarms: await countWaitingAlarms(env, personId),
    openings: (await listOpeningsFor(env.db, personId, env.clock.now())).length,
  };
}
