import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readBoxState, writeBoxState } from "./box-state.ts";
import { type Command, CommandFailure, type CommandOutput, exitCodes, runCommand } from "./command.ts";
import { enrolBox } from "./enrol-box.ts";
import { type Faults, runBox } from "./run-box.ts";

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

/** One box: where it keeps itself, and what it enrols with if it is new. */
interface Box {
  readonly state: string;
  readonly serial: string | undefined;
  readonly code: string | undefined;
}

/** Simulated controllers: what a box does at its enrolment and on its line, faults of line and drive included. */
export const runController: Command = async (args, output) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ url: { type: "string" }, state: { type: "string" }, serial: { type: "string" }, code: { type: "string" } },
      ...{ boxes: { type: "string" }, folder: { type: "string" } },
      ...{ records: { type: "string" }, duplicate: { type: "string" }, drop: { type: "string" } },
      ...{ reconnect: { type: "string" }, obey: { type: "string" }, faulty: { type: "string" } },
    },
  });
  const faults: Faults = {
    records: whole(values.records, 6, "records"),
    duplicate: share(values.duplicate, "duplicate"),
    drop: share(values.drop, "drop"),
    reconnect: whole(values.reconnect, 0, "reconnect"),
    obey: whole(values.obey, 0, "obey"),
    faulty: share(values.faulty, "faulty"),
  };
  const url = values.url?.replace(/\/$/, "");
  const { state, serial, code, boxes, folder } = values;
  switch (positionals.join(" ")) {
    case "run":
      if (url === undefined || state === undefined) break;
      return runOne({ state, serial, code }, faults, { url, output });
    case "fleet": {
      if (url === undefined || boxes === undefined || folder === undefined) break;
      const fleet = await readBoxes(boxes, folder);
      await mkdir(folder, { recursive: true });
      return runFleet(fleet, faults, { url, output });
    }
  }
  throw new CommandFailure(
    exitCodes.usage,
    "argument.missing: controller run --url URL --state FILE, or controller fleet --url URL --boxes FILE --folder FOLDER",
  );
};

async function runOne(box: Box, faults: Faults, to: { url: string; output: CommandOutput }): Promise<number> {
  let state = await readBoxState(box.state);
  if (state === null) {
    const { serial, code } = box;
    if (serial === undefined || code === undefined)
      throw new CommandFailure(exitCodes.usage, "argument.missing: a new box needs --serial and --code");
    state = await enrolBox({ url: to.url, serial, code }, to.output);
    writeBoxState(box.state, state);
  }
  const run = await runBox(state, faults, { ...to, keep: (now) => writeBoxState(box.state, now) });
  to.output.out(`controller: ${run.controllerId}`);
  to.output.out(`records: ${run.records}, acknowledged: ${run.acknowledged}, connections: ${run.connections}`);
  return run.acknowledged === run.records ? exitCodes.ok : exitCodes.negative;
}

/**
 * All boxes beside each other, each with its serial number before its lines. One that fails keeps no other from running; the
 * exit code is that of the first that did not end well.
 */
async function runFleet(
  boxes: readonly Box[],
  faults: Faults,
  { url, output }: { url: string; output: CommandOutput },
): Promise<number> {
  const codes = await Promise.all(
    boxes.map((box) => {
      const say = (line: string): string => `${box.serial} ${line}`;
      const own = {
        ...output,
        out: (line: string) => output.out(say(line)),
        err: (line: string) => output.err(say(line)),
      };
      return runCommand(() => runOne(box, faults, { url, output: own }), [], own);
    }),
  );
  output.out(`boxes: ${codes.length}, well: ${codes.filter((code) => code === exitCodes.ok).length}`);
  return codes.find((code) => code !== exitCodes.ok) ?? exitCodes.ok;
}

/** A line for each box: its serial number and, as long as it is new, its pairing code. */
async function readBoxes(file: string, folder: string): Promise<Box[]> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new CommandFailure(exitCodes.failure, `file.unreadable: ${file}`);
  });
  const boxes = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [serial = "", ...code] = line.split(/\s+/);
      // It names a file, too.
      if (!/^[\w-]{1,64}$/.test(serial))
        throw new CommandFailure(exitCodes.failure, `boxes.unfit: ${serial} is no serial number`);
      return { serial, code: code.length === 0 ? undefined : code.join(" "), state: join(folder, `${serial}.json`) };
    });
  if (boxes.length === 0) throw new CommandFailure(exitCodes.failure, `boxes.unfit: ${file} names no box`);
  if (new Set(boxes.map(({ serial }) => serial)).size < boxes.length)
    throw new CommandFailure(exitCodes.failure, "boxes.unfit: a serial number stands there twice");
  return boxes;
}
