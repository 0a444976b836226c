import { type ApiCall, createClient } from "@chancery/api/client";

/** A client that keeps the cookie it is given, as a browser does. */
export function createCaller(origin: string): { call: ApiCall; keepToken: (token: string) => void } {
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
