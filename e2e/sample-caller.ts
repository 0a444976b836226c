import type { ApiCall } from "@chancery/api/client";
import { createCaller } from "./caller.ts";

/** A person of the sample who works without a browser where a test only needs him to have done so. */
export async function callAs(origin: string, name: RegExp): Promise<ApiCall> {
  const { call, keepToken } = createCaller(origin);
  const { people } = await call("GET /v1/sample/people");
  const person = people.find((one) => name.test(`${one.name.en} ${one.name.zh}`));
  if (!person) throw new Error(`the sample has nobody called ${name}`);
  keepToken((await call("POST /v1/sample/sign-in", { body: { personId: person.personId } })).csrfToken);
  return call;
}
