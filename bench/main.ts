import type { BenchLine } from "./line.ts";

/**
 * Each is loaded when its turn comes: what one of them needs (the browser's brings the hooks of the test runner, which follow every
 * promise) would be paid for by all others.
 */
const benches: Readonly<Record<string, () => Promise<BenchLine[]>>> = {
  seal: async () => (await import("./seal.ts")).benchSeal(),
  ledger: async () => (await import("./ledger.ts")).benchLedger(),
  proof: async () => (await import("./proof.ts")).benchProof(),
  request: async () => (await import("./request.ts")).benchRequest(),
  submit: async () => (await import("./submit.ts")).benchSubmit(),
  registers: async () => (await import("./registers.ts")).benchRegisters(),
  "close-unit": async () => (await import("./close-unit.ts")).benchCloseUnit(),
  "entry-check": async () => (await import("./entry-check.ts")).benchEntryCheck(),
  rules: async () => (await import("./rules.ts")).benchRules(),
  series: async () => (await import("./series.ts")).benchSeries(),
  photos: async () => (await import("./photos.ts")).benchPhotos(),
  ingest: async () => (await import("./ingest.ts")).benchIngest(),
  "idle-controllers": async () => (await import("./fleet/idle.ts")).benchIdleControllers(),
  soak: async () => (await import("./fleet/soak.ts")).benchSoak(),
  web: async () => (await import("./web.ts")).benchWeb(),
};

// npm run bench [-- name] [--json]: each line has name, value, unit, and the ratio to a limit measured in the same run.
const json = process.argv.includes("--json");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(`no such bench: ${unknown.join(", ")} (${Object.keys(benches).join(", ")})\n`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const line of await bench()) {
    process.stdout.write(
      json
        ? `${JSON.stringify(line)}\n`
        : `${line.name}: ${line.value.toPrecision(4)} ${line.unit}, ${line.ratio.toFixed(2)} of ${line.against}\n`,
    );
  }
}
