import { type ApiCall, createClient } from "@chancery/api/client";

/** A person of the sample who works without a browser where a test only needs him to have done so. */
export async function callAs(origin: string, name: RegExp): Promise<ApiCall> {
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
  const { people } = await call("GET /v1/sample/people");
  const person = people.find((one) => name.test(`${one.name.en} ${one.name.zh}`));
  if (!person) throw new Error(`the sample has nobody called ${name}`);
  token = (await call("POST /v1/sample/sign-in", { body: { personId: person.personId } })).csrfToken;
  return call;
}
