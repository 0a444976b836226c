/** Where a command writes: data to `out`, talk to `err`, a line each; and the language of its sentences. */
export type CommandOutput = {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly language: "en" | "zh";
};

/** Runs with the arguments after the command's name and answers with the exit code; throws `CommandFailure` for bad input. */
export type Command = (args: readonly string[], output: CommandOutput) => Promise<number>;

export const exitCodes = { ok: 0, failure: 1, usage: 2, negative: 3, unreachable: 69 } as const;

/** A failure with its exit code and one line: `subject.reason` and what it is about. */
export class CommandFailure extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a command to its exit code. What it threw becomes one line; no stack trace reaches a user. */
export async function runCommand(command: Command, args: readonly string[], output: CommandOutput): Promise<number> {
  try {
    return await command(args, output);
  } catch (error) {
    return reportFailure(error, output);
  }
}

function reportFailure(error: unknown, output: CommandOutput): number {
  if (error instanceof CommandFailure) {
    output.err(error.message);
    return error.exitCode;
  }
  const message = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "unknown";
  if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS")) {
    output.err(message);
    return exitCodes.usage;
  }
  output.err(`command.failed: ${message}`);
  return exitCodes.failure;
}
