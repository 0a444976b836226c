import type { StockPart } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { beginMatter, cancelMatter, submitMatter } from "../matters/ask-matter.ts";
import { invite } from "../organisation/account-changes.ts";
import { examineToShow, listPartRefusals } from "./examine-stock.ts";
import { describePart } from "./matters.ts";
import { requireImportsFor } from "./preview.ts";

export interface ImportToAsk {
  readonly entityId: string;
  readonly part: StockPart;
  readonly fileIds: readonly string[];
  readonly title: string;
  readonly reason: string;
}

/** Sends one part of the sheets for decision: a matter that names the files, and how many of what they make. */
export async function askForImport(env: Environment, personId: string, wanted: ImportToAsk) {
  await requireImportsFor(env.db, env, personId, wanted.entityId);
  const stock = await examineToShow(env, personId, { ...wanted, askerId: personId, what: "act" });
  const refusals = await listPartRefusals(env.db, env, stock, wanted.part);
  if (refusals.length > 0) throw refusedBy(refusals);
  const data = describePart(stock, wanted.part);
  const { matterId } = await beginMatter(env, personId, wanted.part, {
    ...{ entityId: wanted.entityId, unitId: null, sealId: null, bodyId: null, personId: null, effectiveOn: null },
    ...{ title: wanted.title, reason: wanted.reason, data: { ...data } },
  });
  try {
    return { matterId, ...(await submitMatter(env, personId, matterId)) };
  } catch (error) {
    // What could not be sent leaves no draft behind: the sheets are still where they were.
    await cancelMatter(env, personId, matterId, "could not be sent · 未能提交");
    throw error;
  }
}

/**
 * The links by which the people of an import come in, made now for those who have none yet: shown to the one who asked
 * for them, and once. A link that is lost is replaced by a reset, which a second person confirms.
 */
export async function inviteImported(env: Environment, personId: string, matterId: string) {
  return transact(env.db, async (tx) => {
    const matter = await tx
      .selectFrom("matters")
      .select("matter_id")
      .where("matter_id", "=", matterId)
      .where("asked_by", "=", personId)
      .where("kind", "=", "batch-import")
      .executeTakeFirst();
    if (!matter) throw problems.notFound();
    const people = await tx
      .selectFrom("imported_people as i")
      .innerJoin("people as p", "p.person_id", "i.person_id")
      .select(["p.person_id", "p.name_en", "p.name_zh", "p.login"])
      .where("i.matter_id", "=", matterId)
      .where("i.invited_at", "is", null)
      .where("p.state", "=", "invited")
      .orderBy("p.login")
      .forUpdate()
      .execute();
    const items = [];
    for (const person of people)
      items.push({
        ...{ personId: person.person_id, name: { en: person.name_en, zh: person.name_zh }, login: person.login },
        link: await invite(tx, env, personId, person.person_id, false),
      });
    if (people.length > 0)
      await tx
        .updateTable("imported_people")
        .set({ invited_at: new Date(env.clock.now()) })
        .where(
          "person_id",
          "in",
          people.map((person) => person.person_id),
        )
        .execute();
    return { items };
  });
}
