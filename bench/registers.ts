import { createLedger } from "../apps/server/features/ledger/ledger.ts";
import { openPool } from "../apps/server/platform/db.ts";
import type { Environment } from "../apps/server/platform/environment.ts";
import { createTestApp, type TestSession } from "../apps/server/platform/test-app.ts";
import { createTestCrew } from "../apps/server/platform/test-crew.ts";
import { withDatabase } from "./database.ts";
import { ignore, makeEnvironment } from "./environment.ts";
import type { BenchLine } from "./line.ts";
import { type Amounts, makeManyLines } from "./many-lines.ts";

/** What the product promises to hold with; REGISTER_LINES makes a smaller one to try things on. */
const amounts: Amounts = { lines: Number(process.env.REGISTER_LINES ?? 1_000_000), seals: 2000, people: 5000 };
const limit = 100;
const calls = 60;

/** Every list and search of the registers, and the wall of seals, as the API answers them on the embedded server. */
export function benchRegisters(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder, admin) => {
    const env = await makeEnvironment(connections, folder);
    const sequencerPool = openPool({ ...connections.sequencer, max: 3 }, ignore);
    try {
      const crew = await createTestCrew(env);
      const sealId = await crew.registerSeal("contract", "LX-02");
      const http = await createTestApp({ env, ledger: await createLedger(env, sequencerPool) });
      await makeManyLines(admin, crew, sealId, amounts);
      const pick = await readPicks(env);
      const people = {
        inspector: await http.signIn(crew.people.inspector),
        custodian: await http.signIn(pick.custodian(0)),
        stranger: await http.signIn(crew.people.stranger),
      };
      const ask = async ({ cookie }: TestSession, url: string): Promise<string> => {
        const answer = await http.app.inject({ method: "GET", url, headers: { cookie, host: "localhost:8080" } });
        if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
        return answer.body;
      };
      const lines: BenchLine[] = [];
      const measure = async (
        name: string,
        who: TestSession | ((at: number) => Promise<TestSession>),
        urlOf: (at: number) => string,
      ): Promise<void> => {
        const times: number[] = [];
        // The first calls warm up and do not count.
        for (let at = -5; at < calls; at += 1) {
          const session = typeof who === "function" ? await who(at + 5) : who;
          const url = urlOf(at + 5);
          const begun = performance.now();
          await ask(session, url);
          if (at >= 0) times.push(performance.now() - begun);
        }
        const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
        lines.push({
          name: `registers: ${name}`,
          value: p95,
          unit: `ms p95 (median ${(times[times.length >> 1] ?? 0).toFixed(1)})`,
          ratio: p95 / limit,
          against: `${limit} ms, at ${amounts.lines} lines`,
        });
      };
      const list = (register: string, query: Record<string, string>): string =>
        `/v1/registers/${register}/lines?${new URLSearchParams(query)}`;
      const { inspector, custodian, stranger } = people;
      await measure("the cards of an inspector", inspector, () => "/v1/registers");
      await measure("the cards of a custodian", custodian, () => "/v1/registers");
      await measure("first page", inspector, () => list("use", {}));
      await measure("a page in the middle", inspector, (at) => list("use", { after: pick.place(at) }));
      await measure("one entity", inspector, () => list("use", { entityId: crew.entityId }));
      await measure("one seal", inspector, (at) => list("use", { sealId: pick.seal(at) }));
      await measure("one seal in a small register", inspector, (at) => list("life", { sealId: pick.seal(at) }));
      await measure("one person", inspector, (at) => list("use", { personId: pick.person(at) }));
      await measure("one person in a small register", inspector, (at) => list("life", { personId: pick.person(at) }));
      await measure("one unit", inspector, (at) => list("use", { unitId: pick.unit(at) }));
      await measure("a rare kind", inspector, () => list("custody", { kind: "short-return" }));
      await measure("a week", inspector, (at) => list("use", { from: pick.day(at), to: pick.day(at, 7) }));
      await measure("one seal and a week", inspector, (at) =>
        list("use", { sealId: pick.seal(at), from: pick.day(at), to: pick.day(at, 7) }),
      );
      await measure("search: two characters", inspector, (at) => list("use", { search: pick.word(at) }));
      await measure("search: a name", inspector, (at) => list("use", { search: pick.name(at) }));
      await measure("search: a name in a small register", inspector, (at) => list("life", { search: pick.name(at) }));
      await measure("search: a number", inspector, (at) => list("use", { search: pick.number(at) }));
      await measure("search: a part of a number", inspector, (at) =>
        list("use", { search: pick.number(at).slice(-6) }),
      );
      await measure("search: two words", inspector, (at) =>
        list("use", { search: `${pick.word(at)} ${pick.name(at)}` }),
      );
      await measure("search: what is nowhere, of common pairs", inspector, (at) =>
        list("use", { search: pick.nothing(at) }),
      );
      const custodians = new Map<number, Promise<TestSession>>();
      const anyCustodian = (at: number): Promise<TestSession> => {
        const there = custodians.get(at % 20) ?? http.signIn(pick.custodian(at % 20));
        custodians.set(at % 20, there);
        return there;
      };
      await measure("first page of custodians", anyCustodian, () => list("use", {}));
      await measure("search of custodians: two characters", anyCustodian, (at) =>
        list("use", { search: pick.word(at) }),
      );
      await measure("search of custodians: a name", anyCustodian, (at) => list("use", { search: pick.name(at) }));
      await measure("first page of who has no line", stranger, () => list("use", {}));
      const wall = (query: Record<string, string>): string => `/v1/seals?${new URLSearchParams(query)}`;
      await measure("the wall of seals", inspector, () => wall({}));
      await measure("the wall of seals, a page in the middle", inspector, (at) => wall({ after: pick.seal(at) }));
      await measure("the wall of seals, search: a name", inspector, (at) => wall({ search: pick.name(at) }));
      await measure("the wall of seals, search: two characters", inspector, () => wall({ search: "业务" }));
      await measure("the wall of seals, one custodian", inspector, (at) => wall({ custodianId: pick.custodian(at) }));
      await measure("seals to choose from", inspector, () => "/v1/seal-choices");
      await http.app.close();
      return lines;
    } finally {
      await Promise.all([env.db.destroy(), sequencerPool.end()]);
    }
  });
}

const words = ["合同", "公司", "仪器", "北澄", "协议", "报关", "证明", "软件", "业务", "投标"];
const nowhere = [
  "公司合同",
  "有限仪器",
  "专用协议",
  "同有限公",
  "号业务合",
  "司有限",
  "软件合同司",
  "有限章",
  "用章合同",
  "业务有限",
];

/** What the calls ask for, taken from what was made. */
async function readPicks(env: Environment) {
  const sample = await env.db
    .selectFrom("register_lines")
    .select(["line_id", "at", "running", "number", "seal_id", "unit_id", "person_ids"])
    .where("register", "=", "use")
    .where(
      "running",
      "in",
      Array.from({ length: 40 }, (_, index) => 101 + index * 97),
    )
    .limit(200)
    .execute();
  const names = await env.db.selectFrom("people").select("name_zh").where("login", "like", "p%7").limit(200).execute();
  const custodians = await env.db
    .selectFrom("grants")
    .select("person_id")
    .where("role", "=", "custodian")
    .where(
      "scope_id",
      "in",
      sample.flatMap((row) => row.seal_id ?? []),
    )
    .limit(20)
    .execute();
  const of = <T>(all: readonly T[], at: number): T => {
    const one = all[at % all.length];
    if (one === undefined) throw new Error("nothing was made to pick from");
    return one;
  };
  return {
    seal: (at: number): string => of(sample, at).seal_id ?? "",
    unit: (at: number): string => of(sample, at).unit_id ?? "",
    person: (at: number): string => of(of(sample, at).person_ids, at),
    number: (at: number): string => of(sample, at).number,
    place: (at: number): string => {
      const row = of(sample, at);
      return `${row.at.getTime()}_${row.running}_${row.line_id}`;
    },
    day: (at: number, later = 0): string =>
      new Date(of(sample, at).at.getTime() + later * 86_400_000).toISOString().slice(0, 10),
    word: (at: number): string => of(words, at),
    name: (at: number): string => of(names, at).name_zh,
    nothing: (at: number): string => of(nowhere, at),
    custodian: (at: number): string => of(custodians, at).person_id,
  };
}
