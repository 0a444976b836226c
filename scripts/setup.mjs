// Makes a fresh clone ready: installs what package-lock.json names, and nothing when that is done already.
// Plain JavaScript without dependencies, because it runs on whatever Node the reader has (20 or newer); what npm
// starts afterwards runs on the Node 26 that this install puts into node_modules/.bin.
import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const project = new URL("../", import.meta.url);
const marker = new URL("node_modules/.lock-sha256", project);
const lockFolder = new URL(".tmp/", project);
const installLock = new URL("install.lock", lockFolder);

/** Ends the command with one line that says what went wrong and what to do. */
function stop(message) {
  process.stderr.write(`chancery: ${message}\n`);
  process.exit(1);
}

function digestOfLock() {
  try {
    return createHash("sha256")
      .update(readFileSync(new URL("package-lock.json", project)))
      .digest("hex");
  } catch {
    return stop("package-lock.json is missing; clone the repository again.");
  }
}

function installedDigest() {
  try {
    return readFileSync(marker, "utf8").trim();
  } catch {
    return "";
  }
}

/** The platforms for which npm has both a Node 26 and a PostgreSQL; others get a reason instead of a broken install. */
function requireSupportedPlatform() {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === "win32")
    stop("Windows is supported through WSL: run the same command inside a Linux shell.");
  if (!["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"].includes(platform)) {
    stop(`${platform} is not supported: Linux and macOS on x64 or arm64 are.`);
  }
  if (process.platform === "linux" && process.report) {
    process.report.excludeNetwork = true;
    if (!process.report.getReport().header.glibcVersionRuntime) {
      stop("this Linux has no glibc (musl?); use a glibc system such as Debian, Ubuntu or Fedora.");
    }
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** One install at a time: a second command started meanwhile waits for the first. A dead holder's lock is taken over. */
async function takeInstallLock() {
  mkdirSync(lockFolder, { recursive: true });
  // Written whole and then linked, so that the lock never stands there without its holder's pid.
  const claim = new URL(`install.${process.pid}`, lockFolder);
  writeFileSync(claim, String(process.pid));
  let told = false;
  for (;;) {
    try {
      linkSync(claim, installLock);
      rmSync(claim, { force: true });
      process.once("exit", () => rmSync(installLock, { force: true }));
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") stop(`cannot write ${installLock.pathname} (${error.code}).`);
    }
    let holder = "";
    try {
      holder = readFileSync(installLock, "utf8");
    } catch {
      continue;
    }
    if (!alive(Number(holder))) {
      rmSync(installLock, { force: true });
      continue;
    }
    if (!told) process.stderr.write("chancery: another command is installing; waiting for it …\n");
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function install(digest) {
  const { spawnSync } = await import("node:child_process");
  const { fileURLToPath } = await import("node:url");
  process.stderr.write("chancery: installing (about half a minute) …\n");
  // From here until the marker is written again, the folder counts as incomplete: a killed install is repeated.
  rmSync(marker, { force: true });
  const parameters = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // Whatever the environment leaves out (NODE_ENV=production), the web app is built here and needs its tools.
  parameters.push("--include=dev", "--include=optional");
  // npm says by which Node and file it runs; without npm around us, the one on the PATH is used.
  const { npm_execpath: npmFile, npm_node_execpath: npmNode } = process.env;
  const known = npmFile && npmNode && existsSync(npmFile) && existsSync(npmNode) && /npm-cli\.[cm]?js$/.test(npmFile);
  const [command, ...first] = known ? [npmNode, npmFile] : ["npm"];
  const result = spawnSync(command, [...first, ...parameters], {
    cwd: fileURLToPath(project),
    stdio: ["ignore", 2, 2],
  });
  if (result.error) stop(`npm could not be started (${result.error.code}).`);
  if (result.status !== 0) {
    stop(
      "the install failed (npm's reason stands above). Check the network or the registry and run the command again.",
    );
  }
  if (!existsSync(new URL("node_modules/.bin/node", project))) {
    stop(
      `npm installed no Node 26 for ${process.platform}-${process.arch}; allow optional dependencies and run again.`,
    );
  }
  writeFileSync(marker, `${digest}\n`);
}

if (Number(process.versions.node.split(".")[0]) < 20) stop(`Node 20 or newer is needed; this is ${process.version}.`);
if (digestOfLock() !== installedDigest()) {
  requireSupportedPlatform();
  await takeInstallLock();
  const digest = digestOfLock();
  if (digest !== installedDigest()) await install(digest);
}
