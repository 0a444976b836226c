import { type CommandOutput, exitCodes } from "./command.ts";
import { runChancery } from "./dispatch.ts";
import { plainText } from "./plain-text.ts";

function findLanguage(environment: NodeJS.ProcessEnv): "en" | "zh" {
  const chosen = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return chosen.toLowerCase().startsWith("zh") ? "zh" : "en";
}

const output: CommandOutput = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${plainText(line)}\n`),
  language: findLanguage(process.env),
};

// A reader that closes the pipe early (head) is no failure of ours.
process.stdout.on("error", () => process.exit(exitCodes.ok));
process.exitCode = await runChancery(process.argv.slice(2), output);
