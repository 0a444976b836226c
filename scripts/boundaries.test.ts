import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { listBreaches } from "./dependency-rule.ts";
import { projectFolder } from "./test-groups.ts";

/** A copy of the project's frame, without its sources: one breach at a time is planted in it. */
let copy: string;
before(() => {
  copy = mkdtempSync(join(tmpdir(), "chancery-boundaries-"));
  const frame = globSync(
    "{biome.json,.gitignore,package.json,tsconfig.json,tsconfig.base.json,{packages,apps}/*/{package.json,tsconfig.json},{e2e,bench}/package.json}",
    { cwd: projectFolder },
  );
  for (const file of frame) cpSync(join(projectFolder, file), join(copy, file), { recursive: true });
  symlinkSync(join(projectFolder, "node_modules"), join(copy, "node_modules"));
});
after(() => rmSync(copy, { recursive: true, force: true }));

function plant(files: Record<string, string>): () => void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
  return () => {
    for (const file of Object.keys(files)) rmSync(join(copy, file));
  };
}

const tool = (name: string, ...parameters: string[]): string => {
  const run = spawnSync(join(projectFolder, "node_modules/.bin", name), parameters, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return `${run.stdout}${run.stderr}`;
};

/** Expects that the sound version is passed and the breach is reported. */
function expectReport(files: Record<string, string>, report: RegExp, look: () => string): void {
  const remove = plant(files);
  try {
    assert.match(look(), report);
  } finally {
    remove();
  }
  assert.doesNotMatch(look(), report);
}
const biome = (): string => tool("biome", "lint", "--max-diagnostics=50", "packages", "apps");
const rule = (): string => listBreaches(copy).join("\n");

test("what only a browser has is reported where the server uses it", () => {
  expectReport(
    { "apps/server/breach.ts": "export const title = (): string => document.title;\n" },
    /This does not run in a browser/,
    biome,
  );
});

test("a dependency that package.json does not declare is reported", () => {
  expectReport(
    { "packages/ledger/src/breach.ts": 'import { z } from "zod";\nexport const a = z.string();\n' },
    /noUndeclaredDependencies/,
    biome,
  );
});

test("an import cycle is reported", () => {
  expectReport(
    {
      "packages/pki/src/a.ts": 'import { b } from "./b.ts";\nexport const a = (): number => b();\n',
      "packages/pki/src/b.ts": 'import { a } from "./a.ts";\nexport const b = (): number => a();\n',
    },
    /noImportCycles/,
    biome,
  );
});

test("the domain has no Node modules, no clock, no randomness", () => {
  expectReport(
    {
      "packages/domain/src/breach.ts": 'import { readFileSync } from "node:fs";\nexport const a = readFileSync("x");\n',
    },
    /noNodejsModules/,
    biome,
  );
  expectReport(
    { "packages/domain/src/breach.ts": "export const a = (): number => Date.now();\n" },
    /noRestrictedGlobals/,
    biome,
  );
  expectReport(
    { "packages/domain/src/breach.ts": "export const a = (): string => crypto.randomUUID();\n" },
    /noRestrictedGlobals/,
    biome,
  );
  expectReport(
    { "packages/domain/src/breach.ts": "export const a = (): string => process.cwd();\n" },
    /Cannot find name 'process'/,
    () => tool("tsc", "-p", "packages/domain"),
  );
});

test("what compares photos has neither Node modules nor a clock, and uses none of our packages", () => {
  const breach = (source: string): Record<string, string> => ({ "packages/printed-copy/src/breach.ts": source });
  expectReport(
    breach('import { readFileSync } from "node:fs";\nexport const a = readFileSync("x");\n'),
    /noNodejsModules/,
    biome,
  );
  expectReport(breach("export const a = (): number => Date.now();\n"), /noRestrictedGlobals/, biome);
  expectReport(
    breach('import { rasterise } from "@chancery/seal-image";\nexport const a = rasterise;\n'),
    /packages\/printed-copy may not use seal-image/,
    rule,
  );
});

test("a relative path into another package is reported", () => {
  expectReport(
    { "packages/ledger/src/breach.ts": 'export { x } from "../../pki/src/x.ts";\n' },
    /reaches packages\/pki by a relative path/,
    rule,
  );
});

test("a package that may not use another is reported, in its sources and in its package.json", () => {
  expectReport(
    { "packages/ledger/src/breach.ts": 'import { roleNames } from "@chancery/domain";\nexport const a = roleNames;\n' },
    /packages\/ledger may not use domain/,
    rule,
  );
  const file = join(copy, "packages/ledger/package.json");
  writeFileSync(file, JSON.stringify({ name: "@chancery/ledger", dependencies: { "@chancery/domain": "0.1.0" } }));
  assert.match(rule(), /packages\/ledger may not use domain/);
  cpSync(join(projectFolder, "packages/ledger/package.json"), file);
});

test("nothing imports an app", () => {
  expectReport(
    { "packages/api/src/breach.ts": 'import { x } from "@chancery/server";\nexport const a = x;\n' },
    /nothing imports an app/,
    rule,
  );
});

test("in the server only features/sealing opens the door to sealing", () => {
  const source = 'import { sealPdf } from "@chancery/pdf-seal/seal";\nexport const a = sealPdf;\n';
  expectReport(
    { "apps/server/features/requests/breach.ts": source },
    /only apps\/server\/features\/sealing\/ may open/,
    rule,
  );
  const remove = plant({ "apps/server/features/sealing/sound.ts": source });
  assert.doesNotMatch(rule(), /may open/);
  remove();
});

test("an authorisation can not be made by hand: only the gate has its brand", () => {
  const source =
    'import type { ImpressionAuthorisation } from "@chancery/domain";\nexport const forged: ImpressionAuthorisation = { requestId: "r", digest: "d", impressionIds: [], custodianId: "c", supervisorId: null, at: 0 };\n';
  cpSync(join(projectFolder, "packages/domain/src"), join(copy, "packages/domain/src"), { recursive: true });
  expectReport({ "apps/server/features/sealing/forged.ts": source }, /authorisationBrand/, () =>
    tool("tsc", "-p", "."),
  );
  rmSync(join(copy, "packages/domain/src"), { recursive: true });
});
