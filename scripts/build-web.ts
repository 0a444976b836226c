import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const project = fileURLToPath(new URL("../", import.meta.url));
const web = join(project, "apps", "web");
const built = join(web, "dist");
const marker = join(built, ".sources-sha256");

/** Everything the web app is made of: its own sources, those of the packages it uses, and the installed versions. */
const SOURCES = [
  "apps/web/{src,public}/**/*",
  "apps/web/{index.html,vite.config.ts,package.json}",
  "packages/{api,domain,ledger,seal-image,seallink}/{src/**/*,package.json}",
  "package-lock.json",
  "scripts/build-web.ts",
];

async function digestSources(): Promise<string> {
  const files = globSync(SOURCES, { cwd: project, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${file.slice(project.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** What a build did; `folder` holds index.html and its assets. */
export type WebBuild =
  | { readonly ok: true; readonly folder: string; readonly built: boolean }
  | { readonly ok: false; readonly message: string };

/**
 * Builds the web app where its sources differ from those of the last complete build. The result is put in place by
 * renaming, so a killed build leaves the former one or none, never half of one.
 */
export async function buildWebIfChanged(log: (line: string) => void): Promise<WebBuild> {
  const digest = await digestSources();
  if ((await readFile(marker, "utf8").catch(() => "")).trim() === digest)
    return { ok: true, folder: built, built: false };
  log("Building the web app (a few seconds) …");
  const temporary = join(project, ".tmp");
  const draft = join(temporary, `web-${process.pid}`);
  const former = join(temporary, `web-former-${process.pid}`);
  await mkdir(temporary, { recursive: true });
  const failure = await runVite(draft);
  if (failure !== undefined) {
    await rm(draft, { recursive: true, force: true });
    return { ok: false, message: `The web app could not be built:\n${failure}` };
  }
  await compressAssets(draft);
  await writeFile(join(draft, ".sources-sha256"), `${digest}\n`);
  await rename(built, former).catch(ignoreMissing);
  await rename(draft, built);
  await rm(former, { recursive: true, force: true });
  return { ok: true, folder: built, built: true };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/**
 * Lays a compressed copy beside each asset that is text, which the server hands out: a third of the bytes, and no work
 * at each answer. Answers with a secret in them (pages, the API) are never compressed: their length would tell of it.
 */
async function compressAssets(folder: string): Promise<void> {
  const assets = globSync("assets/**/*.{js,mjs,css,svg,json}", { cwd: folder });
  await Promise.all(
    assets.map(async (name) => {
      const content = await readFile(join(folder, name));
      const small = await promisify(gzip)(content, { level: 9 });
      if (small.length < content.length * 0.9) await writeFile(join(folder, `${name}.gz`), small);
    }),
  );
}

/** In a process of its own: the server does not carry the builder's memory. */
function runVite(outDir: string): Promise<string | undefined> {
  const vite = fileURLToPath(new URL("bin/vite.js", import.meta.resolve("vite/package.json")));
  const parameters = [vite, "build", "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"];
  const child = spawn(process.execPath, parameters, {
    cwd: web,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text = (text + part).slice(-4000);
    });
  }
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code) => resolve(code === 0 ? undefined : text));
  });
}

if (import.meta.main) {
  const result = await buildWebIfChanged((line) => console.error(line));
  if (!result.ok) {
    console.error(result.message);
    process.exitCode = 1;
  }
}
