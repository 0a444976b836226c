import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Which of our packages a workspace may use. Whoever is not listed here may use none. */
export const mayUse: Readonly<Record<string, readonly string[]>> = {
  "packages/domain": [],
  "packages/ledger": [],
  "packages/pki": [],
  "packages/printed-copy": [],
  "packages/seal-image": [],
  "packages/seallink": [],
  "packages/pdf-seal": ["pki", "seal-image"],
  "packages/api": ["domain"],
  "apps/server": ["api", "domain", "ledger", "pdf-seal", "pki", "printed-copy", "seal-image", "seallink"],
  "apps/web": ["api", "ledger", "seal-image", "seallink"],
  "apps/cli": ["api", "ledger", "pdf-seal", "pki", "seal-image", "seallink"],
  e2e: ["api"],
  bench: ["api", "domain", "ledger", "pdf-seal", "pki", "printed-copy", "seal-image", "seallink", "server"],
};

/** Folders that may reach another by path: tools that drive the server, and the server's start, which builds the page. */
const mayReachByPath: readonly (readonly [from: string, to: string])[] = [
  ["scripts", "apps/server"],
  // The test that holds the words of documents, rules and pages together.
  ["scripts", "apps/web"],
  ["scripts", "packages/domain"],
  // The run of the browser tests makes their sample once.
  ["scripts", "e2e"],
  ["bench", "apps/server"],
  ["e2e", "apps/server"],
  ["e2e", "scripts"],
  // The addresses of the pages.
  ["e2e", "apps/web"],
  ["bench", "scripts"],
  ["bench", "e2e"],
  ["apps/server", "scripts"],
];

/** The door to sealing: in the server only this folder opens it, with what the domain's gate alone can make. */
const SEALING_DOOR = "@chancery/pdf-seal/seal";
const SEALING_FOLDER = "apps/server/features/sealing/";

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Compares packages and sources below a folder with the rule; one line for each breach. */
export function listBreaches(project: string): string[] {
  const breaches: string[] = [];
  for (const workspace of listWorkspaces(project)) breaches.push(...breachesOfPackage(project, workspace));
  const sources = globSync("{packages,apps,e2e,bench,scripts}/**/*.{ts,tsx,mts,js,mjs}", {
    cwd: project,
    // The test of this rule plants breaches as text.
    exclude: ["**/node_modules/**", "**/dist/**", "scripts/boundaries.test.ts"],
  });
  for (const file of sources.sort()) breaches.push(...breachesOfSource(project, file));
  return breaches;
}

function listWorkspaces(project: string): string[] {
  return globSync("{packages/*,apps/*,e2e,bench}/package.json", { cwd: project }).map(dirname).sort();
}

function breachesOfPackage(project: string, workspace: string): string[] {
  const file = JSON.parse(readFileSync(join(project, workspace, "package.json"), "utf8")) as PackageFile;
  const used = Object.keys({ ...file.dependencies, ...file.devDependencies })
    .filter((name) => name.startsWith("@chancery/"))
    .map((name) => name.slice("@chancery/".length));
  return used
    .filter((name) => !(mayUse[workspace] ?? []).includes(name))
    .map((name) => `${workspace}/package.json: ${workspace} may not use ${name}`);
}

function breachesOfSource(project: string, file: string): string[] {
  const breaches: string[] = [];
  const home = workspaceOf(project, file);
  for (const specifier of listImports(readFileSync(join(project, file), "utf8"))) {
    if (specifier.startsWith(".")) {
      const target = workspaceOf(project, relative(project, resolve(project, dirname(file), specifier)));
      const allowed = mayReachByPath.some(([from, to]) => from === home && to === target);
      if (target !== home && !allowed) breaches.push(`${file}: reaches ${target} by a relative path (${specifier})`);
      continue;
    }
    const name = /^@chancery\/([^/]+)/.exec(specifier)?.[1];
    if (name === undefined || home === `packages/${name}`) continue;
    if (existsSync(join(project, "apps", name)) && !(mayUse[home] ?? []).includes(name)) {
      breaches.push(`${file}: nothing imports an app (${specifier})`);
    } else if (!(mayUse[home] ?? []).includes(name) && home !== "scripts") {
      breaches.push(`${file}: ${home} may not use ${name}`);
    }
    if (specifier === SEALING_DOOR && home === "apps/server" && !file.startsWith(SEALING_FOLDER)) {
      breaches.push(`${file}: in the server only ${SEALING_FOLDER} may open ${SEALING_DOOR}`);
    }
  }
  return breaches;
}

/** The workspace folder a file belongs to: two names below packages and apps, else one. */
function workspaceOf(_project: string, file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "packages" || first === "apps" ? `${first}/${second}` : first;
}

/** Every specifier that a source names after from, import or import(), and in import.meta.resolve and type imports. */
function listImports(source: string): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bimport\.meta\.resolve\(\s*|\brequire\(\s*)["']([^"'\n]+)["']/g;
  return [...source.matchAll(pattern)].map((match) => match[1] ?? "");
}
