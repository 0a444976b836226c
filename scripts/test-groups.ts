import { globSync } from "node:fs";
import { matchesGlob } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the project, with a slash at the end. */
export const projectFolder = fileURLToPath(new URL("../", import.meta.url));

/** A named part of the tests. A group that finds no file, or a file in which no test ran, is a failure. */
export interface TestGroup {
  readonly name: string;
  /** Patterns of test files, from the project's root. */
  readonly files: readonly string[];
  /** Files of these patterns belong to another group. */
  readonly except?: readonly string[];
  /** Files of these patterns come first: what takes longest is not left to the end, when nothing else runs beside it. */
  readonly first?: readonly string[];
  /** Processes at a time, where there is room. */
  readonly concurrency: number;
  /** Test files that one process runs, one after the other. */
  readonly filesPerProcess: number;
  readonly needs?: "database" | "embedded database" | "web app";
}

/** In the order in which they get room: first what takes longest. */
export const testGroups: readonly TestGroup[] = [
  { name: "browser", files: ["e2e/**/*.test.ts"], concurrency: 2, filesPerProcess: 3, needs: "web app" },
  {
    name: "database",
    files: ["apps/server/**/*.database.test.ts"],
    except: ["apps/server/access/**"],
    concurrency: 3,
    filesPerProcess: 12,
    needs: "database",
  },
  // Who may call what is a rule of the API, the same on any server: it is walked once, on the embedded one.
  {
    name: "access",
    files: ["apps/server/access/**/*.database.test.ts"],
    concurrency: 3,
    filesPerProcess: 1,
    needs: "embedded database",
  },
  {
    name: "server",
    files: ["apps/server/**/*.test.ts"],
    except: ["**/*.database.test.ts"],
    concurrency: 2,
    filesPerProcess: 12,
  },
  {
    name: "packages",
    files: ["packages/*/src/**/*.test.ts"],
    first: ["packages/seallink/src/**"],
    concurrency: 2,
    filesPerProcess: 12,
  },
  { name: "web", files: ["apps/web/src/**/*.test.ts"], concurrency: 2, filesPerProcess: 12 },
  { name: "command line", files: ["apps/cli/src/**/*.test.ts"], concurrency: 2, filesPerProcess: 1 },
  { name: "rules of the house", files: ["scripts/**/*.test.ts"], concurrency: 2, filesPerProcess: 1 },
];

/** The group's files as absolute paths, sorted; those that come first before the others. */
export function listTestFiles(group: TestGroup): string[] {
  const exclude = ["**/node_modules/**", "**/dist/**", ...(group.except ?? [])];
  const files = globSync([...group.files], { cwd: projectFolder, exclude }).sort();
  const isFirst = (file: string): boolean => group.first?.some((pattern) => matchesGlob(file, pattern)) === true;
  return [...files.filter(isFirst), ...files.filter((file) => !isFirst(file))].map((file) => projectFolder + file);
}
