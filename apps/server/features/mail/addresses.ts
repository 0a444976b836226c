import { type MailLanguage, readMailAddress, refuse } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";

export interface MailAddress {
  readonly mailAddress: string | null;
  /** Null: both. */
  readonly mailLanguage: MailLanguage | null;
}

/** Where a person is written to, and in which language; and whether anything is written at all. */
export async function showMailAddress(
  env: Environment,
  personId: string,
): Promise<MailAddress & { readonly sends: boolean }> {
  const row = await env.db
    .selectFrom("mail_addresses")
    .selectAll()
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return {
    ...{ mailAddress: row?.address ?? null, mailLanguage: row?.language ?? null },
    sends: env.mailer !== undefined,
  };
}

/** Sets or removes where a person is written to: his own doing, or that of whoever keeps the accounts. The ledger keeps that it changed, not to what. */
export async function changeMailAddress(
  env: Environment,
  actorId: string,
  personId: string,
  wanted: MailAddress,
): Promise<void> {
  const address = wanted.mailAddress === null ? null : readMailAddress(wanted.mailAddress);
  if (wanted.mailAddress !== null && address === null) throw refusedBy([refuse("mail-address.unfit")]);
  await transact(env.db, async (tx) => {
    const person = await tx
      .selectFrom("people")
      .select("state")
      .where("person_id", "=", personId)
      .forUpdate()
      .executeTakeFirst();
    if (!person || person.state === "departed") throw problems.notFound();
    const row = { address: address ?? "", language: wanted.mailLanguage, changed_by: actorId };
    const changed_at = new Date(env.clock.now());
    if (address === null) await tx.deleteFrom("mail_addresses").where("person_id", "=", personId).execute();
    else
      await tx
        .insertInto("mail_addresses")
        .values({ person_id: personId, ...row, changed_at })
        .onConflict((conflict) => conflict.column("person_id").doUpdateSet({ ...row, changed_at }))
        .execute();
    await recordEvent(tx, env, {
      type: "MailAddressChanged",
      ...{ actorId, personId },
      facts: { set: address !== null, language: wanted.mailLanguage },
    });
  });
}
