import { benchCloseUnit } from "./close-unit.ts";
import { benchEntryCheck } from "./entry-check.ts";
import { benchIdleControllers } from "./fleet/idle.ts";
import { benchSoak } from "./fleet/soak.ts";
import { benchIngest } from "./ingest.ts";
import { benchLedger } from "./ledger.ts";
import type { BenchLine } from "./line.ts";
import { benchPhotos } from "./photos.ts";
import { benchProof } from "./proof.ts";
import { benchRegisters } from "./registers.ts";
import { benchRequest } from "./request.ts";
import { benchRules } from "./rules.ts";
import { benchSeal } from "./seal.ts";
import { benchSeries } from "./series.ts";
import { benchSubmit } from "./submit.ts";
import { benchWeb } from "./web.ts";

const benches: Readonly<Record<string, () => Promise<BenchLine[]>>> = {
  seal: benchSeal,
  ledger: benchLedger,
  proof: benchProof,
  request: benchRequest,
  submit: benchSubmit,
  registers: benchRegisters,
  "close-unit": benchCloseUnit,
  "entry-check": benchEntryCheck,
  rules: benchRules,
  series: benchSeries,
  photos: benchPhotos,
  ingest: benchIngest,
  "idle-controllers": benchIdleControllers,
  soak: benchSoak,
  web: benchWeb,
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
