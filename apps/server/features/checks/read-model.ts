import { checkKindNames, parseAccount, peopleOf, type ReadingVerdict } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { watches } from "../tasks/read-model.ts";
import { readMayAnswer } from "./answer-check.ts";
import { readConfirmers } from "./who-confirms.ts";

type Answer = HandlerAnswer<"GET /v1/storage-checks">;
type Item = Answer["items"][number]["items"][number];
const most = 30;

/** The newest checks the person has to do with: those of pieces he answers for, and all of entities he watches over. */
export async function listChecks(env: Environment, personId: string): Promise<Answer> {
  const now = env.clock.now();
  const grants = await readGrantsInForce(env.db, now, { personId });
  const checks = await env.db
    .selectFrom("storage_checks as c")
    .innerJoin("entities as e", "e.entity_id", "c.entity_id")
    .selectAll("c")
    .select(["e.name_en", "e.name_zh", "e.code"])
    .orderBy("c.closed_at", (order) => order.desc().nullsFirst())
    .orderBy("c.check_id", "desc")
    .limit(most)
    .execute();
  const rows = await env.db
    .selectFrom("storage_check_items as i")
    .innerJoin("seals as s", "s.seal_id", "i.seal_id")
    .innerJoin("seal_bodies as b", "b.body_id", "i.body_id")
    .selectAll("i")
    .select(["s.number as seal_number", "s.name_en", "s.name_zh", "b.number as body_number"])
    .where("i.check_id", "in", ["", ...checks.map((check) => check.check_id)])
    .orderBy("b.number")
    .execute();
  const held = await readHeldNow(
    env.db,
    rows.map((row) => row.body_id),
  );
  const confirmersOf = await readConfirmers(
    env.db,
    env,
    rows.map((row) => row.body_id),
  );
  const kindOf = new Map(checks.map((check) => [check.check_id, check.kind]));
  const confirmersIn = (row: { check_id: string; body_id: string }) =>
    confirmersOf(row.body_id, kindOf.get(row.check_id) ?? "storage");
  const accounts = rows.flatMap((row) => [row.book_account, row.real_account]).flatMap((text) => text ?? []);
  const person = await readPeople(env.db, [
    ...checks.map((check) => check.opened_by),
    ...rows.flatMap((row) => [row.answered_by, ...custodiansOf(held(row.body_id)), ...(confirmersIn(row) ?? [])]),
    ...accounts.flatMap(peopleOfText),
  ]);
  const containers = await env.db
    .selectFrom("containers")
    .select(["container_id", "entity_id", "closed_at", "name_en", "name_zh"])
    .orderBy("name_en")
    .execute();
  const placeOf = (text: string | null): Item["book"] => {
    if (text === null) return null;
    const container = containers.find((one) => text === `container:${one.container_id}`);
    return {
      person: person(peopleOfText(text)[0]),
      container: container ? showContainer(container) : null,
    };
  };
  const mayAnswer = await readMayAnswer(env.db, env, personId);
  const readings = await env.db
    .selectFrom("counter_readings")
    .select(["check_id", "body_id", "read", "verdict"])
    .where("check_id", "in", ["", ...checks.map((check) => check.check_id)])
    .execute();
  const boxes = await env.db
    .selectFrom("controllers")
    .select("container_id")
    .where("state", "=", "enrolled")
    .where("container_id", "is not", null)
    .execute();
  const items = checks.flatMap((check) => {
    const watching = watches(grants, check.entity_id);
    const all = rows.filter((row) => row.check_id === check.check_id);
    const seen = all.filter(
      (row) =>
        watching ||
        // A surprise is none to who knows beforehand of which piece it will be.
        (custodiansOf(held(row.body_id)).includes(personId) && (check.kind !== "surprise" || row.answered_at !== null)),
    );
    if (seen.length === 0) return [];
    return [
      {
        ...{ checkId: check.check_id, kind: check.kind, kindName: checkKindNames[check.kind], seed: check.seed },
        entity: {
          entityId: check.entity_id,
          name: { en: check.name_en, zh: check.name_zh },
          code: check.code,
        },
        openedBy: person(check.opened_by),
        openedAt: check.opened_at.toISOString(),
        dueAt: check.due_at.toISOString(),
        overdue: check.closed_at === null && check.due_at.getTime() < now,
        closedAt: check.closed_at?.toISOString() ?? null,
        pieces: all.length,
        answered: all.filter((row) => row.answered_at !== null).length,
        differences: all.filter((row) => row.difference !== null).length,
        // Who looks may be a guest, who sees no containers otherwise; names alone, to say in which of them the piece lies.
        places: seen.some((row) => row.answered_at === null)
          ? containers
              .filter((one) => one.entity_id === check.entity_id && one.closed_at === null)
              .map((one) => ({
                ...showContainer(one),
                counts: boxes.some((box) => box.container_id === one.container_id),
              }))
          : [],
        items: seen.map((row): Item => {
          const custodians = custodiansOf(held(row.body_id));
          const confirmers = row.answered_at === null ? confirmersIn(row) : null;
          const isOthers = confirmers !== null && !confirmers.includes(personId);
          return {
            ...{ bodyId: row.body_id, bodyNumber: row.body_number },
            seal: { sealId: row.seal_id, number: row.seal_number, name: { en: row.name_en, zh: row.name_zh } },
            custodians: custodians.flatMap((one) => person(one) ?? []),
            mayAnswer: row.answered_at === null && !isOthers && mayAnswer(check.entity_id, custodians),
            confirmers: confirmers?.flatMap((one) => person(one) ?? []) ?? null,
            reading: showReading(readings.find((one) => one.check_id === row.check_id && one.body_id === row.body_id)),
            ...{ book: placeOf(row.book_account), real: placeOf(row.real_account) },
            missing: row.answered_at !== null && row.real_account === null,
            difference: row.difference as Item["difference"],
            answeredAt: row.answered_at?.toISOString() ?? null,
            answeredBy: person(row.answered_by),
            ...{ evidenceId: row.evidence_id, note: row.note },
          };
        }),
      },
    ];
  });
  return { items, next: null };
}

const showReading = (row: { read: string | null; verdict: ReadingVerdict } | undefined): Item["reading"] =>
  row ? { read: row.read === null ? null : Number(row.read), verdict: row.verdict } : null;

const showContainer = (row: { container_id: string; name_en: string; name_zh: string }) => ({
  ...{ containerId: row.container_id, name: { en: row.name_en, zh: row.name_zh } },
});

function peopleOfText(text: string): readonly string[] {
  const account = parseAccount(text);
  return account === null ? [] : peopleOf(account);
}
