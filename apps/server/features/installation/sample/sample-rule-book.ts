import { transact } from "../../../platform/db.ts";
import type { Environment } from "../../../platform/environment.ts";
import { recordSamplePresence } from "../../identity/step-up.ts";
import { giveGrant } from "../../organisation/grants.ts";
import { confirmPositions, positionDigest, readUnconfirmed } from "../../positions/confirm.ts";
import { listBound } from "../../rule-book/bound-people.ts";
import { confirmReading, getReadingDigest } from "../../rule-book/confirm.ts";
import { findInForce, writeVersion } from "../../rule-book/write-version.ts";
import { issueConfirmed } from "../../seals/issue-confirmed.ts";
import type { PersonKey } from "./sample-crew.ts";
import { approve, ask } from "./sample-matters.ts";

/** Everybody confirms the positions that wait for him. */
export async function confirmSamplePositions(env: Environment, people: readonly string[]): Promise<void> {
  for (const personId of people) {
    const waiting = await readUnconfirmed(env.db, personId);
    if (waiting.length === 0) continue;
    const digest = positionDigest(personId, waiting);
    const stepUpId = await recordSamplePresence(env, personId, "position", personId, digest);
    await confirmPositions(env, personId, {
      ...{ grantIds: waiting.map((one) => one.grantId), digest },
      presence: { stepUpId, method: "sample" },
    });
  }
  await issueConfirmed(env);
}

type People = Readonly<Partial<Record<PersonKey, string>>>;

/** The rule book in force, which all have read but Meng Xia. */
export async function publishSampleRuleBook(env: Environment, people: People, entityId: string): Promise<void> {
  const gao = people.gao ?? "";
  const versionId = await writeVersion(env, gao);
  const { digest } = await env.db
    .selectFrom("rule_book_versions")
    .select("digest")
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  const at = { env, entityId };
  const matterId = await ask(at, "publish-rule-book", gao, {
    ...{ sealId: null, data: { versionId, digest } },
    title: "Rule book, version 1 · 印章管理办法 第 1 版",
    reason: "Rules for the start of the platform. · 平台启用时制定。",
  });
  await approve(at, matterId);
  const version = await findInForce(env.db);
  if (!version) throw new Error("the rule book of the sample is not in force");
  for (const { personId } of await listBound(env.db, version, env.clock.now())) {
    if (personId === people.meng) continue;
    const reading = await getReadingDigest(env, personId, versionId);
    const stepUpId = await recordSamplePresence(env, personId, "rule-book", versionId, reading);
    await confirmReading(env, personId, { versionId, digest: reading, presence: { stepUpId, method: "sample" } });
  }
}

/** Xu Zhiyuan has just been named head of Sales and has not confirmed it yet. */
export async function nameHeadOfSales(env: Environment, people: People, unitId: string): Promise<void> {
  await transact(env.db, (tx) =>
    giveGrant(tx, env, {
      ...{ actorId: people.qin ?? "", personId: people.xu ?? "", role: "unit-head" },
      scope: { kind: "unit", id: unitId },
    }),
  );
}
