import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const memory = "/dev/shm";
const enough = 3 * 1024 ** 3;

/**
 * Where the data of tests lie: in memory where the machine has room there, else in the folder for temporary files. A
 * database is more than a thousand files, and on a disk making them costs the more, the more were deleted just before.
 */
export function testFolder(): string {
  if (process.platform !== "linux") return tmpdir();
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= enough ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}
