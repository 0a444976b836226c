import { parentPort, workerData } from "node:worker_threads";
import { inspectBytes } from "./inspect-bytes.ts";
import type { Inspection } from "./inspect-document.ts";

const { bytes } = workerData as { bytes: Uint8Array };
parentPort?.postMessage(inspectBytes(bytes) satisfies Inspection);
