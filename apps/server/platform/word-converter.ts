import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

export type TurnedFile =
  | { readonly ok: true; readonly bytes: Buffer }
  /** `busy`: as many as may wait do so. */
  | { readonly ok: false; readonly why: "busy" | "too-slow" | "failed" };

/** Turns Word files (DOCX) into PDF by a program of this machine. */
export interface WordConverter {
  toPdf(word: Uint8Array): Promise<TurnedFile>;
}

interface ConverterLimits {
  readonly timeMs: number;
  readonly mostWaiting: number;
  readonly mostBytes: number;
}

const usual: ConverterLimits = { timeMs: 60_000, mostWaiting: 4, mostBytes: 50 * 1024 * 1024 };

/** The file is told to be what it was looked at as, whatever it looks like to the program; its fonts go into the PDF. */
const pdfOptions = JSON.stringify(
  Object.fromEntries(
    Object.entries({
      EmbedStandardFonts: true,
      ExportFormFields: true,
      ExportBookmarks: false,
      ExportNotes: false,
    }).map(([name, value]) => [name, { type: "boolean", value: String(value) }]),
  ),
);

/** No macro runs, nothing is fetched from anywhere, and no link is followed: the file is whatever somebody sent. */
const settings = [
  ["org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"],
  ["org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"],
  ["org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"],
  ["org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"],
  ["org.openoffice.Office.Writer/Content/Update", "Link", "0"],
] as const;
const profile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${settings
  .map(
    ([path, name, value]) =>
      `<item oor:path="/${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  )
  .join("\n")}
</oor:items>
`;

/** Where LibreOffice stands: what `setting` names, else where such a program usually is; null: not here, or `off`. */
export function findLibreOffice(setting: string | undefined, path = process.env.PATH ?? ""): string | null {
  if (setting === "off") return null;
  const places = setting
    ? [setting]
    : [
        ...path.split(delimiter).flatMap((folder) => (folder === "" ? [] : [join(folder, "soffice")])),
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
      ];
  return places.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** One file at a time, each with a folder and a profile of its own that go with it. */
export function createWordConverter(program: string, limits: ConverterLimits = usual): WordConverter {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    toPdf: async (word) => {
      if (waiting > limits.mostWaiting) return { ok: false, why: "busy" };
      waiting += 1;
      const turn = last.then(() => turnInFolder(program, word, limits)).finally(() => (waiting -= 1));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

async function turnInFolder(program: string, word: Uint8Array, limits: ConverterLimits): Promise<TurnedFile> {
  const folder = await mkdtemp(join(tmpdir(), "chancery-word-"));
  try {
    await mkdir(join(folder, "profile", "user"), { recursive: true });
    await writeFile(join(folder, "profile", "user", "registrymodifications.xcu"), profile);
    await writeFile(join(folder, "file.docx"), word);
    const ended = await runProgram(program, folder, limits.timeMs);
    if (ended !== "well") return { ok: false, why: ended };
    const out = join(folder, "file.pdf");
    const found = await stat(out).catch(() => null);
    if (!found?.isFile() || found.size > limits.mostBytes) return { ok: false, why: "failed" };
    return { ok: true, bytes: await readFile(out) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runProgram(program: string, folder: string, timeMs: number): Promise<"well" | "too-slow" | "failed"> {
  const child = spawn(
    program,
    [
      ...["--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard"],
      `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`,
      "--infilter=MS Word 2007 XML",
      ...["--convert-to", `pdf:writer_pdf_Export:${pdfOptions}`, "--outdir", folder, join(folder, "file.docx")],
    ],
    {
      cwd: folder,
      // Nothing of the server's own settings, which hold secrets.
      env: { HOME: folder, TMPDIR: folder, PATH: "/usr/bin:/bin", LANG: "C.UTF-8", SAL_USE_VCLPLUGIN: "svp" },
      stdio: "ignore",
      // It starts another program, which ends with it only as a group.
      detached: true,
    },
  );
  return new Promise((resolve) => {
    let slow = false;
    const timer = setTimeout(() => {
      slow = true;
      killGroup(child.pid);
    }, timeMs);
    child.once("error", () => {
      clearTimeout(timer);
      resolve("failed");
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      // Whatever of it still runs would write into a folder that is gone.
      killGroup(child.pid);
      resolve(slow ? "too-slow" : code === 0 ? "well" : "failed");
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
