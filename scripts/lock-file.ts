import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Packages = Readonly<Record<string, LockEntry>>;

/**
 * What is wrong with a project's package-lock.json: entries that cannot be checked on download, packages that some
 * entry needs and the lock lacks (npm drops silently what a registry does not have, and `npm ci` then refuses the
 * lock), versions that are not pinned, and disagreement with a package.json.
 */
export function listLockFindings(project: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as { packages: Packages };
  const findings: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    if (path.includes("node_modules/") && entry.link !== true && entry.inBundle !== true) {
      if (!entry.version || !entry.integrity) findings.push(`${path}: no version or digest`);
    }
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      if (!isThere(packages, path, name))
        findings.push(`${path || "package.json"}: needs ${name}, which the lock lacks`);
    }
  }
  const workspaces = globSync("{packages/*,apps/*,e2e,bench}/package.json", { cwd: project }).map(dirname).sort();
  for (const workspace of ["", ...workspaces]) findings.push(...compare(project, workspace, packages[workspace]));
  return findings;
}

/** Is a package found from here, looking through the node_modules folders upwards as Node does? */
function isThere(packages: Packages, from: string, name: string): boolean {
  for (let at = from; ; at = dirname(at)) {
    if (at === "." || at === "") return `node_modules/${name}` in packages;
    if (!at.endsWith("node_modules") && `${at}/node_modules/${name}` in packages) return true;
  }
}

function compare(project: string, workspace: string, locked: LockEntry | undefined): string[] {
  const file = join(workspace, "package.json");
  if (locked === undefined) return [`${file}: the lock does not know this workspace`];
  const written = JSON.parse(readFileSync(join(project, file), "utf8")) as LockEntry;
  const findings: string[] = [];
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies"] as const) {
    const [here, there] = [written[kind] ?? {}, locked[kind] ?? {}];
    for (const name of new Set([...Object.keys(here), ...Object.keys(there)])) {
      if (here[name] !== there[name])
        findings.push(`${file}: ${name} is ${here[name]} here and ${there[name]} in the lock`);
      else if (!/^\d+\.\d+\.\d+/.test(here[name] ?? ""))
        findings.push(`${file}: ${name} is not pinned (${here[name]})`);
    }
  }
  return findings;
}
