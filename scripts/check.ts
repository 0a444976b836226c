// npm run check: formatting, lint, types, promises, unused code, the dependency rule and the lock. Part of npm test.
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { listBreaches } from "./dependency-rule.ts";
import { listLockFindings } from "./lock-file.ts";
import type { Slot } from "./slots.ts";
import { projectFolder } from "./test-groups.ts";

/** One check and whether it passed. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
}

interface Check {
  readonly name: string;
  /** Answers what is wrong; empty where nothing is. */
  readonly run: () => Promise<string>;
}

/** Programs at a time: the machine the figures are held on has two cores. */
const PARALLEL = 2;

function program(name: string, command: string, ...parameters: string[]): Check {
  return { name, run: () => runProgram(`${projectFolder}node_modules/.bin/${command}`, parameters) };
}

function listChecks(): Check[] {
  // What runs on Node is one program: by itself, each of its folders would check most of the server again.
  const configurations = [
    "tsconfig.json",
    ...globSync("{packages,apps}/*/tsconfig*.json", { cwd: projectFolder }).sort(),
  ];
  // One checker each: several share nothing and infer the API's types once apiece, which took twice the time.
  const types = (file: string): Check => program(`types (${file})`, "tsc", "--checkers", "1", "--project", file);
  return [
    // The longest comes first, so that the rest runs beside it.
    program("promises (oxlint)", "oxlint", "--type-aware", "--deny-warnings"),
    program("format, lint, boundaries (biome)", "biome", "check", "--error-on-warnings"),
    ...configurations.map(types),
    program("unused code (knip)", "knip", "--no-progress"),
    { name: "dependency rule", run: async () => listBreaches(projectFolder).join("\n") },
    { name: "lock file", run: async () => listLockFindings(projectFolder).join("\n") },
  ];
}

function runProgram(command: string, parameters: string[]): Promise<string> {
  const child = spawn(command, parameters, {
    cwd: projectFolder,
    // The type checker and oxlint are Go programs: the garbage collector of one process on two cores takes nearly as long as
    // the work, and there is a second program for the second core.
    env: { ...process.env, NO_COLOR: "1", GOMAXPROCS: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text = (text + part).slice(0, 20_000);
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => resolve(code === 0 ? "" : text.trim() || `ended with ${code ?? signal}`));
  });
}

/** Runs every check, two at a time where there is room; what is wrong goes to `say`. */
export async function runChecks(say: (text: string) => void, slot: Slot = (work) => work()): Promise<CheckResult[]> {
  const waiting = listChecks();
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const finding = await slot(check.run);
      if (finding !== "") say(`  ✖ ${check.name}\n${finding.replace(/^/gm, "    ")}`);
      results.push({ name: check.name, ok: finding === "" });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return results;
}

if (import.meta.main) {
  const results = await runChecks((text) => console.log(text));
  const failed = results.filter((result) => !result.ok).length;
  console.log(`${results.length - failed} checks passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
