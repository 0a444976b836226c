import type { RouteAnswer } from "@chancery/api/client";
import { type ImpressionState, type PlacedImpression, tallySeals } from "@chancery/domain";
import type { GateView } from "../stamping/gate-facts.ts";
import { listPlaces } from "./list-places.ts";

/** What a request asks of each of its seals, copy by copy, with what became of the impressions that were begun. */
export function tallyRequest(
  { loaded, facts }: Pick<GateView, "loaded" | "facts">,
  impressions: readonly (PlacedImpression & { readonly state: ImpressionState })[],
): RouteAnswer<"GET /v1/seal-use-requests/:requestId">["sealTallies"] {
  const typeOf = (sealId: string) => facts.seals.find((seal) => seal.sealId === sealId)?.type;
  return tallySeals(listPlaces(loaded), impressions, typeOf).map((tally) => ({ ...tally, copies: [...tally.copies] }));
}
