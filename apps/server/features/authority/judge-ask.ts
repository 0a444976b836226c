import type { Refusal } from "@chancery/domain";
import type { AuthorisationClaims, CosignClaims, OrderClaims, RevocationClaims, TwinClaims } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { type Box, readBoxes } from "../controllers/read-box.ts";
import type { LedgerFacts } from "../ledger/record-event.ts";
import type { Ask } from "./ask.ts";
import { judgeAgreement, judgeRemoteRefusal } from "./judge-agreement.ts";
import { judgeAuthorisation } from "./judge-authorisation.ts";
import { judgeOrder } from "./judge-order.ts";
import { judgeReset } from "./judge-reset.ts";
import { judgeSettings } from "./judge-settings.ts";

interface Common {
  readonly jti: string;
  readonly asn: number;
  readonly epoch: number;
  readonly requestId: string | null;
  readonly sealId: string | null;
  readonly bodyId: string | null;
  /** Of an authorisation: most impressions. */
  readonly most: number | null;
  /** Seconds since 1970. */
  readonly nbf: number;
  readonly exp: number;
  /** For the ledger, beside what every signature tells. */
  readonly facts: LedgerFacts;
}
/** What the authority signs now. */
export type Signable = Common &
  (
    | { readonly kind: "authorisation"; readonly claims: AuthorisationClaims }
    | { readonly kind: "order"; readonly claims: OrderClaims }
    | { readonly kind: "revocation"; readonly claims: RevocationClaims }
    | { readonly kind: "agreement" | "remote-refusal"; readonly claims: CosignClaims }
    | { readonly kind: "settings"; readonly claims: TwinClaims }
  );
export type Judged =
  | { readonly ok: true; readonly value: Signable }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** What each signature says of its place: device, epoch, name, serial number and window. */
export interface Head {
  readonly box: Box;
  readonly asn: number;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Judges what is asked as if nobody had judged it before. The controller's serial numbers are held. */
export async function judgeAsk(
  tx: Tx,
  env: Environment,
  asked: { readonly ask: Ask; readonly controllerId: string; readonly askedBy: string | null },
): Promise<Judged> {
  const [box] = await readBoxes(tx, [asked.controllerId]);
  if (!box) throw new Error(`something was asked for ${asked.controllerId}, which was never enrolled`);
  const last = await tx
    .selectFrom("controller_signatures")
    .select((eb) => eb.fn.max<string | null>("asn").as("asn"))
    .where("controller_id", "=", asked.controllerId)
    .executeTakeFirst();
  const head = { box, asn: Number(last?.asn ?? 0) + 1, now: Math.floor(env.clock.now() / 1000) };
  const { ask } = asked;
  if (ask.kind === "authorisation") return judgeAuthorisation(tx, env, head, ask);
  if (ask.kind === "agreement") return judgeAgreement(tx, env, head, ask);
  if (ask.kind === "settings") return judgeSettings(tx, env, head, ask);
  if (ask.kind === "remote-refusal") return judgeRemoteRefusal(tx, env, head, ask);
  if (ask.kind === "order")
    return ask.order.kind === "reset-epoch"
      ? judgeReset(tx, env, head, ask.order.resetId)
      : judgeOrder(tx, env, head, ask.order, asked.askedBy);
  return judgeRevocation(env, head, ask);
}

/** Stopping is never refused. */
function judgeRevocation(env: Environment, { box, asn, now }: Head, ask: Ask & { kind: "revocation" }): Judged {
  const claims: RevocationClaims = {
    ...{ v: 1, aud: box.controllerId, ep: box.epoch, asn, iat: now, why: ask.why, jti: [...ask.names] },
  };
  return {
    ok: true,
    value: {
      ...{ kind: "revocation", claims, jti: newId("rev", env.clock.now()), asn, epoch: box.epoch },
      ...{ requestId: ask.requestId, sealId: null, bodyId: null, most: null, nbf: now, exp: now + 7 * 24 * 3600 },
      facts: { names: ask.names.join(" ") },
    },
  };
}
