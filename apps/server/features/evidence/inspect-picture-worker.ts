import { parentPort, workerData } from "node:worker_threads";
import { inspectFile } from "./inspect-picture.ts";

const { bytes } = workerData as { bytes: Uint8Array };
parentPort?.postMessage(await inspectFile(bytes));
