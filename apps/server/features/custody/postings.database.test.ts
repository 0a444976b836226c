import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CustodyAccount, containerAccount, listBreaks, listStays, peopleAccount } from "@chancery/domain";
import fc from "fast-check";
import { sql } from "kysely";
import { transact } from "../../platform/db.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { lockSeal } from "../seals/store.ts";
import { postMove, readHeldNow, readPostings } from "./postings.ts";
import { addPieceInTest, addSafeInTest, bodyOf } from "./test-custody.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
let piece: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("official", "LX-01");
  piece = await addPieceInTest(place.env, sealId);
});
after(() => place?.close());

test("C08 custody begins with the people named when a body is put in use: a piece in a hand, a key in no place", async () => {
  const { env } = place;
  const { custodian, secondCustodian } = crew.people;
  const key = await bodyOf(env, sealId, "electronic");
  const held = await readHeldNow(env.db, [piece, key]);
  const both = peopleAccount([custodian, secondCustodian]);
  assert.equal(held(piece).custodian?.to, both);
  assert.equal(held(key).custodian?.to, both);
  assert.equal(held(key).place, null);
  assert.ok([custodian, secondCustodian].map((one) => `person:${one}`).includes(held(piece).place?.to ?? ""));
  const lines = await env.db
    .selectFrom("register_lines")
    .select("kind")
    .where("register", "=", "custody")
    .orderBy("running")
    .execute();
  assert.deepEqual(
    lines.map((line) => line.kind),
    ["opening", "received", "opening"],
  );
  const bodies = await env.db
    .selectFrom("ledger_pending")
    .select(sql<string>`convert_from(body, 'UTF8')`.as("text"))
    .execute();
  const moved = bodies.filter(({ text }) => text.includes("CustodyMoved"));
  assert.equal(moved.length, 4);
  for (const { text } of moved) assert.ok(!text.includes(custodian) && !text.includes(secondCustodian));
});

test("C08 the table itself refuses a gap, an overlap, a branch, a step back in time, and every change of what is posted", async () => {
  const { env } = place;
  const last = (await readHeldNow(env.db, [piece]))(piece).place;
  assert.ok(last);
  const { event_id } = await env.db.selectFrom("events").select("event_id").executeTakeFirstOrThrow();
  const good = {
    ...{ body_id: piece, book: "place" as const, seq: last.seq + 1, from_account: last.to as string },
    ...{ to_account: "container:con_x", from_at: new Date(last.at), at: new Date(last.at + 1), event_id },
    ...{ matter_id: null, recorded_by: null },
  };
  let made = 0;
  const insert = (change: Partial<typeof good>): Promise<string> =>
    env.db
      .transaction()
      .execute(async (tx) => {
        made += 1;
        await tx
          .insertInto("custody_postings")
          .values({ posting_id: `post_${made}`, ...good, ...change })
          .execute();
        throw new Error("taken");
      })
      .then(
        () => "taken",
        (error: Error & { constraint?: string }) => error.constraint ?? error.message,
      );
  assert.equal(await insert({}), "taken");
  const refused = async (change: Partial<typeof good>): Promise<void> => {
    const answer = await insert(change);
    assert.match(answer, /^custody_postings_/, `${JSON.stringify(change)}: ${answer}`);
  };
  await refused({ seq: last.seq + 2 });
  await refused({ seq: last.seq });
  await refused({ from_account: "person:per_other" });
  await refused({ from_at: new Date(last.at - 1) });
  await refused({ at: new Date(last.at - 1) });
  await refused({ to_account: last.to });
  await refused({ to_account: "people:per_a+per_b" });
  await refused({ to_account: "origin" });
  await refused({ seq: 0, from_account: "origin", from_at: new Date(last.at) });
  await assert.rejects(
    env.db.updateTable("custody_postings").set({ to_account: "ended" }).execute(),
    /permission denied/,
  );
  await assert.rejects(env.db.deleteFrom("custody_postings").execute(), /permission denied/);
});

test("C08 whatever moves at once, of one seal or of none that is held, each book holds each body once", async () => {
  const { env } = place;
  const { containerId } = await addSafeInTest(env, crew, [crew.people.custodian, crew.people.secondCustodian]);
  const hands = [crew.people.custodian, crew.people.secondCustodian, crew.people.stranger];
  const targets: { book: "place" | "custodian"; to: CustodyAccount }[] = [
    { book: "place", to: containerAccount(containerId) },
    ...hands.map((one) => ({ book: "place" as const, to: peopleAccount([one]) })),
    ...hands.map((one) => ({ book: "custodian" as const, to: peopleAccount([one]) })),
    { book: "custodian", to: peopleAccount(hands.slice(0, 2)) },
  ];
  const move = (target: (typeof targets)[number], hold: boolean): Promise<"moved" | "refused"> =>
    transact(env.db, async (tx) => {
      if (hold) await lockSeal(tx, sealId);
      await postMove(tx, env, { sealId, bodyId: piece, kind: "physical", actorId: null, ...target });
      return "moved" as const;
    }).catch((error: unknown) => {
      // A refusal of the rule, or of the table where the row was not held: nothing else may happen.
      const constraint = (error as { constraint?: string }).constraint ?? "";
      if (error instanceof ProblemError || constraint.startsWith("custody_postings_")) return "refused" as const;
      throw error;
    });
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...targets), fc.boolean()), { minLength: 2, maxLength: 6 }),
      async (moves) => {
        const before = (await readPostings(env.db, [piece])).length;
        const outcomes = await Promise.all(moves.map(([target, hold]) => move(target, hold)));
        const done = outcomes.filter((one) => one === "moved").length;
        moved += done;
        const postings = await readPostings(env.db, [piece]);
        assert.equal(postings.length, before + done);
        for (const book of ["place", "custodian"] as const) {
          const own = postings.filter((one) => one.book === book);
          assert.deepEqual(listBreaks(own), []);
          assert.equal(listStays(own).filter((stay) => stay.to === null).length, 1);
        }
      },
    ),
    { numRuns: 25 },
  );
  assert.ok(moved > 25, `only ${moved} moves went through`);
});
