import type { ControllerOrder } from "@chancery/domain";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";

/** What an order is about: its kind, by whom it is carried out, and the details of that kind. */
export interface OrderAsked {
  readonly kind: ControllerOrder;
  readonly by: readonly [string, string];
  readonly seal?: { readonly bodyId: string; readonly slot: number; readonly tag?: string };
  readonly finger?: { readonly handle: string; readonly personId?: string };
}

/** The order with which a box in quarantine begins a new epoch, as two people agreed to it. */
export interface ResetAsked {
  readonly kind: "reset-epoch";
  readonly by: readonly [string, string];
  readonly resetId: string;
}

/** What can be asked of the authority. It judges each anew: asking is no right to anything. */
export type Ask =
  | { readonly kind: "authorisation"; readonly requestId: string; readonly bodyId: string }
  | { readonly kind: "revocation"; readonly requestId: string; readonly names: readonly string[]; readonly why: string }
  | { readonly kind: "order"; readonly order: OrderAsked | ResetAsked }
  | { readonly kind: "agreement"; readonly requestId: string; readonly lookId: string }
  | { readonly kind: "settings"; readonly changeId: string }
  | { readonly kind: "remote-refusal"; readonly requestId: string; readonly lookId: string };

/** The channels on which the authority hears that something is asked, and the gateway that something was signed. */
export const askedChannel = "controller_asked";
export const signedChannel = "controller_signed";

/** Asks the authority in the caller's transaction: it hears of it with the commit, and of nothing that is rolled back. */
export async function askAuthority(
  tx: Tx,
  env: Environment,
  asked: { readonly controllerId: string; readonly askedBy: string | null } & Ask,
): Promise<string> {
  const now = env.clock.now();
  const askId = newId("ask", now);
  const { controllerId, askedBy, kind, ...body } = asked;
  await tx
    .insertInto("controller_asks")
    .values({
      ...{ ask_id: askId, kind, controller_id: controllerId, asked_by: askedBy, asked_at: new Date(now) },
      ...{ request_id: "requestId" in asked ? asked.requestId : null, body: JSON.stringify(body) },
    })
    .execute();
  await sql`select pg_notify(${askedChannel}, '')`.execute(tx);
  return askId;
}
