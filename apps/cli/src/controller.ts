import { parseArgs } from "node:util";
import { readBoxState, writeBoxState } from "./box-state.ts";
import { type Command, CommandFailure, exitCodes } from "./command.ts";
import { enrolBox } from "./enrol-box.ts";
import { runBox } from "./run-box.ts";

const share = (text: string | undefined, name: string): number => {
  const value = Number(text ?? 0);
  if (!(value >= 0 && value < 1))
    throw new CommandFailure(exitCodes.usage, `argument.unfit: --${name} is from 0 to below 1`);
  return value;
};
const whole = (text: string | undefined, fallback: number, name: string): number => {
  const value = Number(text ?? fallback);
  if (!Number.isSafeInteger(value) || value < 0 || value > 100_000)
    throw new CommandFailure(exitCodes.usage, `argument.unfit: --${name} is a whole number`);
  return value;
};

/** A simulated controller: what a box does at its enrolment and on its line, faults of the line included. */
export const runController: Command = async (args, output) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ url: { type: "string" }, state: { type: "string" }, serial: { type: "string" }, code: { type: "string" } },
      ...{ records: { type: "string" }, duplicate: { type: "string" }, drop: { type: "string" } },
      ...{ reconnect: { type: "string" }, obey: { type: "string" } },
    },
  });
  if (positionals.join(" ") !== "run" || values.url === undefined || values.state === undefined)
    throw new CommandFailure(exitCodes.usage, "argument.missing: controller run --url URL --state FILE");
  const url = values.url.replace(/\/$/, "");
  let state = await readBoxState(values.state);
  if (state === null) {
    if (values.serial === undefined || values.code === undefined)
      throw new CommandFailure(exitCodes.usage, "argument.missing: a new box needs --serial and --code");
    state = await enrolBox({ url, serial: values.serial, code: values.code }, output);
    await writeBoxState(values.state, state);
  }
  const run = await runBox(
    state,
    {
      records: whole(values.records, 6, "records"),
      duplicate: share(values.duplicate, "duplicate"),
      drop: share(values.drop, "drop"),
      reconnect: whole(values.reconnect, 0, "reconnect"),
      obey: whole(values.obey, 0, "obey"),
    },
    { url, output },
  );
  await writeBoxState(values.state, run.state);
  output.out(`controller: ${run.controllerId}`);
  output.out(`records: ${run.records}, acknowledged: ${run.acknowledged}, connections: ${run.connections}`);
  return run.acknowledged === run.records ? exitCodes.ok : exitCodes.negative;
};
