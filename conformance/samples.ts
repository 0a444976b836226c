import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const samples = process.env.SAMPLES_DIR ?? resolve(import.meta.dirname, "../../shared/samples");
const linked = resolve(import.meta.dirname, "../node_modules/.bin/chancery");

/** What the arguments ask for: through the command or the package, and which files. */
export function readPlan(): { viaCommand: boolean; isWanted: (file: string) => boolean; areNamed: boolean } {
  const parts = process.argv.slice(2).filter((argument) => argument !== "--cli");
  return {
    viaCommand: process.argv.includes("--cli"),
    isWanted: (file) => parts.length === 0 || parts.some((part) => file.includes(part)),
    areNamed: parts.length > 0,
  };
}

/** A folder of samples with its index. */
export function readIndex<Sample>(name: string): { folder: string; index: readonly Sample[] } {
  const folder = join(samples, name);
  return { folder, index: JSON.parse(readFileSync(join(folder, "INDEX.json"), "utf8")) };
}

/** Starts `chancery` as npm linked it, which is what `npx chancery` starts too. */
export function runCommand(args: readonly string[], timeout: number): SpawnSyncReturns<string> {
  return spawnSync(linked, args, { encoding: "utf8", timeout, maxBuffer: 64 << 20 });
}
