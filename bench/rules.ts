import { decideByRules, generateYear, judgeByRules, type RuleSet, starterRules, writeModel } from "@chancery/domain";
import { ZenEngine } from "@gorules/zen-engine";
import type { BenchLine } from "./line.ts";

const rows = 300;
const decisions = 2000;

/** The starter rules of a group with rows before them that fit nothing, up to the most a table may have. */
function fillUp(rules: RuleSet): RuleSet {
  const [first] = rules.scope.rows;
  if (!first) throw new Error("the starter rules have no row");
  const filling = Array.from({ length: rows - rules.scope.rows.length }, (_, at) => ({
    ...first,
    rowId: `filling-${at}`,
    cells: {
      sealType: { in: ["contract", "official", "business"] },
      documentClass: { in: ["contract", "tender"] },
      external: { is: true },
      amount: { from: 1e12 + at, below: 1e12 + at + 1 },
    },
  }));
  return { ...rules, scope: { ...rules.scope, rows: [...filling, ...rules.scope.rows] } };
}

const at95 = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;

/** A decision by all three tables, the first with as many rows as it may have; and the same table asked of another engine. */
export async function benchRules(): Promise<BenchLine[]> {
  const rules = fillUp(starterRules("group"));
  const year = generateYear(decisions, 11);
  const own = year.map(({ facts }) => {
    const began = performance.now();
    decideByRules(rules, facts);
    return performance.now() - began;
  });
  const engine = new ZenEngine();
  const model = engine.createDecision(Buffer.from(JSON.stringify(writeModel(rules, "scope", []))));
  const others: number[] = [];
  for (const { facts } of year) {
    const [seal] = facts.seals;
    const sheet = { ...facts, sealType: seal?.type, important: seal?.important, seals: null, attachments: null };
    const began = performance.now();
    await model.evaluate(sheet);
    others.push(performance.now() - began);
  }
  engine.dispose();
  const [before, after] = [starterRules("group"), starterRules("bank-like")];
  const began = performance.now();
  const past = generateYear(20_000, 7);
  for (const { facts } of past) {
    judgeByRules(before, facts);
    judgeByRules(after, facts);
  }
  const backtest = (performance.now() - began) / 1000;
  const [mine, other] = [at95(own), at95(others)];
  return [
    { name: "rules, one decision with 300 rows, p95", value: mine, unit: "ms", ratio: 1 / mine, against: "1 ms" },
    {
      name: "rules, the first table alone by zen-engine, p95",
      value: other,
      unit: "ms",
      ratio: mine / other,
      against: "it, for all three tables here",
    },
    {
      name: "rules, backtest of 20,000 generated requests",
      value: backtest,
      unit: "s",
      ratio: 30 / backtest,
      against: "30 s",
    },
  ];
}
