import { execFile } from "node:child_process";
import { chmod, mkdtemp, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "../apps/server/platform/test-folder.ts";
import { type ServerUnderTest, startServerUnderTest } from "./server.ts";
import { waitForSample } from "./wait-for-sample.ts";

/**
 * The product with its sample organisation. A run of the whole group has made the sample once, in the folder that
 * CHANCERY_TEST_SHARED names, and every test file starts on a copy of its data; a file that runs alone makes its own.
 */
export async function startSampleServer(env: Record<string, string> = {}): Promise<ServerUnderTest> {
  const shared = process.env.CHANCERY_TEST_SHARED;
  if (!shared) {
    const server = await startServerUnderTest({ env });
    try {
      await waitForSample(server.url);
    } catch (error) {
      // Whoever waited has nothing to close, and the process would stay for the server.
      await server.close();
      throw error;
    }
    return server;
  }
  const dataDir = await makeFolder(join(testFolder(), "chancery-e2e-"));
  // With owners and rights: where root runs the tests, the database belongs to the user it runs as.
  await promisify(execFile)("cp", ["-a", `${join(shared, "sample")}/.`, dataDir]);
  return startServerUnderTest({ dataDir, env });
}

/** Makes the sample once for all files of a run. */
export async function prepareSample(shared: string): Promise<void> {
  await chmod(shared, 0o711);
  const dataDir = await makeFolder(join(shared, "making-"));
  const server = await startServerUnderTest({ dataDir });
  try {
    await waitForSample(server.url);
  } finally {
    await server.stop();
  }
  await rename(dataDir, join(shared, "sample"));
}

/** A folder that others may pass through: only then root's database lies in it, and not in a place of its own. */
async function makeFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(prefix);
  await chmod(folder, 0o711);
  return folder;
}
