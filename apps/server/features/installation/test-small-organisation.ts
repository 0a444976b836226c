import assert from "node:assert/strict";
import type { Role } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import type { Call } from "../../platform/call.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { acceptInvitation } from "../identity/invitations.ts";
import { beginStepUp, type StepUpAct } from "../identity/step-up.ts";
import { hashPasswordInTest } from "../identity/test-password.ts";
import { confirmAccountChange, grantRole } from "../organisation/account-changes.ts";
import { inviteAgain } from "../organisation/new-invitation.ts";
import { askForPerson } from "../organisation/people-service.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { makeSealInTest } from "../seals/test-seals.ts";
import { printSetupCode } from "./routes.ts";
import { type SetUp, setUp } from "./set-up.ts";

export type SmallPerson = "employee" | "director" | "keeper" | "lawyer";
export const passwordOf = (person: SmallPerson): string => `correct horse of the ${person}`;

/** A small organisation of three people and one guest, set up the way people set it up; everybody has a password. */
export interface SmallOrganisation {
  on: TestEnvironment;
  entityId: string;
  people: Readonly<Record<SmallPerson, string>>;
  /** Links by which the people came in, to see that no body of the ledger holds one. */
  links: string[];
  sealId: string;
  callAs(person: SmallPerson): Call;
  /** A proof of presence by password, as it is sent with an act. */
  presence(person: SmallPerson, act: StepUpAct, subjectId: string, digest: string): Promise<PasswordPresence>;
  close(): Promise<void>;
}
export interface PasswordPresence {
  stepUpId: string;
  proof: { method: "password"; password: string };
}

export const smallSetUp: SetUp = {
  profile: "small",
  name: { en: "Northwind Gauges", zh: "北风仪表" },
  entity: { name: { en: "Northwind Gauges Ltd.", zh: "北风仪表有限公司" }, code: "NW", timeZone: "Asia/Shanghai" },
  administrator: { name: { en: "Emil Ployer", zh: "安普洛" }, login: "emil.ployer" },
};

/** The code that the console shows while the installation is empty. */
export async function readSetupCode({ env }: TestEnvironment): Promise<string> {
  let line = "";
  await printSetupCode(env, (text) => {
    line = text;
  });
  return /#code=(\S+)$/.exec(line)?.[1] ?? "";
}

export function makeCall(personId: string | null): Call {
  const signedIn =
    personId === null
      ? null
      : { personId, sessionHash: Buffer.alloc(32), csrfToken: "", permissions: new Set<never>() };
  return {
    ...{ requestId: "test", signedIn, address: "192.0.2.7", fromLoopback: false },
    person: () => {
      assert.ok(signedIn);
      return signedIn;
    },
    setSession: () => undefined,
    clearSession: () => undefined,
    raw: () => ({ body: Buffer.alloc(0), header: () => undefined }),
    upload: () => assert.fail("a test calls without a browser"),
  };
}

export async function createSmallOrganisation(): Promise<SmallOrganisation> {
  const on = await createTestEnvironment();
  const { env } = on;
  const links: string[] = [];
  const employee = await setUp(env, smallSetUp, {
    kind: "code",
    setupCode: await readSetupCode(on),
    passwordHash: await hashPasswordInTest(passwordOf("employee")),
  });
  const { entity_id: entityId } = await env.db.selectFrom("entities").select("entity_id").executeTakeFirstOrThrow();
  const scope = { kind: "entity", id: entityId } as const;
  const come = async (person: SmallPerson, link: string | null): Promise<void> => {
    assert.ok(link, `${person} is not invited`);
    links.push(link);
    const token = link.split("/").at(-1) ?? "";
    const personId = await acceptInvitation(env, makeCall(null), token, passwordOf(person));
    // What he took up stands there at its full cost; his proofs of presence need none.
    await env.db
      .updateTable("people")
      .set({ password_hash: await hashPasswordInTest(passwordOf(person)) })
      .where("person_id", "=", personId)
      .execute();
    await confirmPositionsInTest(env);
  };
  /** What every loosened pair of the small profile is given with, besides a second person's consent. */
  const loosely = { to: `${new Date().getFullYear() + 1}-12-31`, risk: "Three people do what seven should." };
  const ask = (en: string, zh: string, login: string, guest: boolean, roles: readonly Role[]) =>
    askForPerson(env, employee, {
      ...{ name: { en, zh }, login, guest, unitId: null, entityId },
      grants: roles.map((role) => ({ role, scope, ...loosely })),
    });
  const consent = async (grantId: string, personId: string): Promise<void> => {
    const row = await env.db
      .selectFrom("grants")
      .select(["state", "account_change_id"])
      .where("grant_id", "=", grantId)
      .executeTakeFirstOrThrow();
    assert.equal(row.state, "waiting", "a loosened pair waits for a second person");
    await confirmAccountChange(env, personId, row.account_change_id ?? "");
    await confirmPositionsInTest(env);
  };

  const director = await ask("Olga Wener", "欧微娜", "olga.wener", false, ["signatory"]);
  await come("director", director.invitationLink);
  const keeper = await ask("Kei Per", "柯佩", "kei.per", false, []);
  // His first link got lost.
  await come("keeper", (await inviteAgain(env, employee, keeper.personId)).invitationLink);
  const lawyer = await ask("Lawrence Jure", "罗瑞", "lawrence.jure", true, [
    "legal-reviewer",
    "supervisor",
    "inspector",
    "certificate-keeper",
  ]);
  assert.equal(lawyer.invitationLink, null, "a guest with roles waits for a second person");
  const confirmed = await confirmAccountChange(env, director.personId, lawyer.accountChangeId ?? "");
  await come("lawyer", confirmed.invitationLink);
  const runs = { personId: director.personId, role: "seal-administrator", scope, ...loosely } as const;
  await consent((await grantRole(env, { actorId: employee, ...runs })).grantId, lawyer.personId);
  const asks = { personId: employee, role: "applicant", scope, ...loosely } as const;
  await consent((await grantRole(env, { actorId: director.personId, ...asks })).grantId, lawyer.personId);
  const people = { employee, director: director.personId, keeper: keeper.personId, lawyer: lawyer.personId };
  // The director is signatory and seal administrator: who keeps the accounts asks, he approves.
  const { sealId, state, missing } = await makeSealInTest(env, {
    ...{ actorId: people.employee, type: "official", entityId, unitId: null, number: "NW-01", external: true },
    name: { en: "Company seal", zh: "公章" },
    face: { kind: "generated", spec: defaultFace("official", "北风仪表有限公司") },
    ...{ keyAlgorithm: "ecdsa-p256", custodians: [people.keeper], supervisor: null, certificateKeeper: null },
  });
  assert.equal(state, "in-use", missing.join(" "));
  return {
    ...{ on, entityId, people, links, sealId },
    callAs: (person) => makeCall(people[person]),
    presence: async (person, act, subjectId, digest) => {
      const { stepUpId } = await beginStepUp(env, people[person], act, subjectId, digest);
      return { stepUpId, proof: { method: "password", password: passwordOf(person) } };
    },
    close: () => on.close(),
  };
}
