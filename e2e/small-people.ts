import type { ApiCall } from "@chancery/api/client";
import { createCaller } from "./caller.ts";

/** A person who works without a browser where a test only needs him to have done so. */
export interface CallingPerson {
  readonly personId: string;
  readonly call: ApiCall;
  /** Confirms every position that waits for him, with his password. */
  confirmPositions(): Promise<void>;
}

function asPerson(caller: ReturnType<typeof createCaller>, personId: string, password: string): CallingPerson {
  const { call } = caller;
  return {
    personId,
    call,
    confirmPositions: async () => {
      const { waiting } = await call("GET /v1/positions/mine");
      if (waiting === null) return;
      const { grantIds } = waiting;
      const { stepUpId, digest } = await call("POST /v1/step-ups", { body: { act: "position", grantIds } });
      const presence = { stepUpId, proof: { method: "password" as const, password } };
      await call("POST /v1/positions/confirmations", { body: { grantIds, digest, presence } });
    },
  };
}

/** Sets up an organisation of the small profile with the code that the console showed. */
async function setUpSmall(origin: string, setupCode: string, password: string): Promise<CallingPerson> {
  const caller = createCaller(origin);
  const session = await caller.call("POST /v1/installation/setup", {
    body: {
      ...{ profile: "small", setupCode, organisation: { en: "Northwind Gauges", zh: "北风仪表" } },
      entity: { name: { en: "Northwind Gauges Ltd.", zh: "北风仪表有限公司" }, code: "NW", timeZone: "Asia/Shanghai" },
      administrator: { name: { en: "Emil Ployer", zh: "安普洛" }, login: "emil.ployer", password },
    },
  });
  caller.keepToken(session.csrfToken);
  return asPerson(caller, session.person.personId, password);
}

/** Takes up an invitation by its link. */
async function takeUp(origin: string, link: string, password: string): Promise<CallingPerson> {
  const caller = createCaller(origin);
  const token = link.split("/").at(-1) ?? "";
  const session = await caller.call("POST /v1/invitations/:token/accept", { params: { token }, body: { password } });
  caller.keepToken(session.csrfToken);
  return asPerson(caller, session.person.personId, password);
}

export const smallPassword = "a long walk by the river";

/** The smallest crew: who keeps the accounts and asks, who decides, who keeps, and the guest who reviews and inspects. */
export interface SmallCrew {
  readonly administrator: CallingPerson;
  readonly director: CallingPerson;
  readonly keeper: CallingPerson;
  readonly guest: CallingPerson;
}

/** Makes the smallest crew of a company, everything but its first seal and the guest's duty to supervise. */
export async function makeSmallCrew(origin: string, setupCode: string): Promise<SmallCrew> {
  const administrator = await setUpSmall(origin, setupCode, smallPassword);
  const [entity] = (await administrator.call("GET /v1/organisation")).entities;
  const entityId = entity?.entityId ?? "";
  const scope = { kind: "entity" as const, entityId };
  const [from] = new Date().toISOString().split("T");
  const to = `${new Date().getFullYear() + 1}-12-31`;
  type Role = "signatory" | "legal-reviewer" | "inspector" | "certificate-keeper";
  const given = (role: Role) => ({
    ...{ role, scope, from: from ?? "", to },
    risk: "Three people do what seven should.",
  });
  const ask = (en: string, zh: string, login: string, guest: boolean, roles: readonly Role[]) =>
    administrator.call("POST /v1/people", {
      body: { ...{ name: { en, zh }, login, guest, unitId: null, entityId }, grants: roles.map(given) },
    });
  const come = async (link: string | null): Promise<CallingPerson> => {
    const person = await takeUp(origin, link ?? "", smallPassword);
    await person.confirmPositions();
    return person;
  };
  const director = await come((await ask("Olga Wener", "欧微娜", "olga.wener", false, ["signatory"])).invitationLink);
  const keeper = await come((await ask("Kei Per", "柯佩", "kei.per", false, [])).invitationLink);
  const asked = await ask("Lawrence Jure", "罗瑞", "lawrence.jure", true, [
    ...(["legal-reviewer", "inspector", "certificate-keeper"] as const),
  ]);
  const confirm = async (by: CallingPerson, accountChangeId: string) =>
    by.call("POST /v1/account-changes/:accountChangeId/confirm", { params: { accountChangeId } });
  const guest = await come((await confirm(director, asked.accountChangeId ?? "")).invitationLink);
  const join = async (by: CallingPerson, who: CallingPerson, role: "seal-administrator" | "applicant") => {
    const body = { ...given("signatory"), role, personId: who.personId };
    await by.call("POST /v1/grants", { body });
    for (const change of (await guest.call("GET /v1/account-changes")).items)
      if (change.mayConfirm) await confirm(guest, change.accountChangeId);
    await who.confirmPositions();
  };
  await join(administrator, director, "seal-administrator");
  await join(director, administrator, "applicant");
  return { administrator, director, keeper, guest };
}
