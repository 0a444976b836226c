import type { RouteAnswer } from "../api.ts";

type Duty = RouteAnswer<"GET /v1/seals">["items"][number]["nextDuty"]["duty"];

/** Which text says a seal's next duty: elsewhere it leads to the seal's page, on that page to what stands below. */
export function dutyWords<D extends Duty>(
  duty: D,
  here: boolean,
): `duties.${D}` | `dutiesHere.${D & ("people" | "return")}` {
  return here && leadsToPage(duty) ? `dutiesHere.${duty}` : `duties.${duty}`;
}

const leadsToPage = <D extends Duty>(duty: D): duty is D & ("people" | "return") =>
  duty === "people" || duty === "return";
