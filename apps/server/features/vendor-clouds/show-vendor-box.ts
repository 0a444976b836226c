import type { RouteAnswer } from "@chancery/api/client";
import { type AuthorisationTurn, isBeyondWord, standingOfBox, type VendorAuthorisationState } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import { useCodePurpose } from "./send.ts";
import { readVendorAuthorisations } from "./stop-authorisations.ts";
import { findVendorBox } from "./vendor-box.ts";

type View = NonNullable<RouteAnswer<"GET /v1/seal-use-requests/:requestId/stamping">["controller"]>["boxes"][number];

const turns: Readonly<Record<VendorAuthorisationState, AuthorisationTurn>> = {
  ...({ asked: "asked", sending: "asked", open: "accepted", over: "over", refused: "refused" } as const),
  ...({ withdrawn: "over", lost: "over" } as const),
};

/** How a controller of a maker's cloud stands to a stamping; null where the piece lies in none. */
export async function showVendorBox(
  reader: Reader,
  env: Environment,
  view: GateView,
  of: { readonly bodyId: string; readonly personId: string },
): Promise<View | null> {
  const rows = await readVendorAuthorisations(reader, view.loaded.row.request_id);
  const newest = rows.find((one) => one.body_id === of.bodyId);
  const controllerId =
    newest?.controller_id ?? (await findVendorBox(reader, view.facts.entityId, of.bodyId))?.controllerId;
  if (controllerId === undefined) return null;
  const box = await reader
    .selectFrom("controllers")
    .select(["name_en", "name_zh", "state"])
    .where("controller_id", "=", controllerId)
    .executeTakeFirstOrThrow();
  const { seal_id: sealId } = await reader
    .selectFrom("seal_bodies")
    .select("seal_id")
    .where("body_id", "=", of.bodyId)
    .executeTakeFirstOrThrow();
  const refused = (newest?.refusals as { list?: Parameters<typeof toRefusalView>[0][] } | null)?.list ?? [];
  const turn = newest ? turns[newest.state] : null;
  const stops = newest?.stop_asked_at != null && turn === "accepted";
  const code = newest?.state === "open" && newest.person_id === of.personId ? newest.use_code : null;
  const standing = standingOfBox({
    ...{ state: box.state, quarantined: false, online: newest?.answered_at != null && newest.fault === null },
  });
  return {
    ...{ controllerId, name: { en: box.name_en, zh: box.name_zh }, sealId, kind: "vendor-cloud" },
    // Whether the box itself is there, its cloud does not say: told is whether the cloud answered last.
    ...{ standing, trusted: !isBeyondWord(standing) },
    ...{ heardAt: newest?.answered_at?.toISOString() ?? null, turn: stops ? "revoking" : turn },
    ...{ most: newest?.most ?? 0, used: newest?.used ?? 0, until: newest?.ends_at?.toISOString() ?? null },
    // A maker's cloud tells of what it pressed alone.
    givenBack: 0,
    useCode: code ? env.masterKey.decrypt(code, useCodePurpose(newest?.authorisation_id ?? "")).toString("utf8") : null,
    refused: refused.map(toRefusalView),
  };
}
