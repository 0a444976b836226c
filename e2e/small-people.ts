import { type ApiCall, createClient } from "@chancery/api/client";

/** A person who works without a browser where a test only needs him to have done so. */
export interface CallingPerson {
  readonly personId: string;
  readonly call: ApiCall;
  /** Confirms every position that waits for him, with his password. */
  confirmPositions(): Promise<void>;
}

/** A client that keeps the cookie it is given, as a browser does. */
function createCaller(origin: string): { call: ApiCall; keepToken: (token: string) => void } {
  let cookie = "";
  let token: string | null = null;
  const call = createClient({
    base: origin,
    csrfToken: () => token,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      if (cookie !== "") headers.set("cookie", cookie);
      const answer = await fetch(input, { ...init, headers });
      for (const set of answer.headers.getSetCookie()) cookie = set.split(";")[0] ?? "";
      return answer;
    },
  });
  return {
    call,
    keepToken: (given) => {
      token = given;
    },
  };
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
export async function setUpSmall(origin: string, setupCode: string, password: string): Promise<CallingPerson> {
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
export async function takeUp(origin: string, link: string, password: string): Promise<CallingPerson> {
  const caller = createCaller(origin);
  const token = link.split("/").at(-1) ?? "";
  const session = await caller.call("POST /v1/invitations/:token/accept", { params: { token }, body: { password } });
  caller.keepToken(session.csrfToken);
  return asPerson(caller, session.person.personId, password);
}
