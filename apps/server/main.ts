import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const needed = 26;
// What was compiled at one start is not compiled again at the next; a new install begins anew.
enableCompileCache?.(fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url)));

/** Starts the product: settings, web app, server; prints one address; stops everything on Ctrl-C. */
async function main(): Promise<number> {
  if (Number(process.versions.node.split(".")[0]) < needed) {
    process.stderr.write(
      `Chancery needs Node ${needed}; this is ${process.versions.node}. Start it with "npm start", which brings its own.\n`,
    );
    return 1;
  }
  const { loadConfig } = await import("./config.ts");
  const answer = loadConfig(process.env);
  if (!answer.ok) {
    process.stderr.write(
      `These settings do not fit:\n${answer.problems.map((problem) => `  ${problem}`).join("\n")}\n`,
    );
    return 2;
  }
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  const [{ buildWebIfChanged }, { startServer }] = await Promise.all([
    import("../../scripts/build-web.ts"),
    import("./server.ts"),
  ]);
  const web = await buildWebIfChanged(log);
  if (!web.ok) {
    process.stderr.write(`${web.message}\n`);
    return 1;
  }
  // Heard from here on: whoever ends a start, in the middle of its migrations too, leaves no database running behind it.
  const ending = nextSignal();
  const server = await startServer(answer.config, { webRoot: web.folder, log });
  if (!server.ok) {
    // Somebody who starts twice has what he wants: it runs, and this is where.
    const running = server.code === "instance.already-running";
    (running ? process.stdout : process.stderr).write(`${server.message}\n`);
    return running ? 0 : 1;
  }
  log(`Chancery runs at ${server.url}`);
  log(`Data: ${server.dataDir} (database: ${server.databasePlace})`);
  log(`Master key: ${server.masterKeyPlace}`);
  const signal = await Promise.race([ending, server.lost.then((sentence) => `lost: ${sentence}`)]);
  // A second Ctrl-C does not wait for what is under way.
  void nextSignal().then(() => process.exit(130));
  if (signal.startsWith("lost")) process.stderr.write(`The database was lost (${signal.slice(6)}). Start again.\n`);
  else log("Stopping …");
  await server.stop();
  return signal.startsWith("lost") ? 1 : 0;
}

function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve(signal));
  });
}

process.exit(await main());
