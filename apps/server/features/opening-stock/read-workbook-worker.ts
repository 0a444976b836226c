import { parentPort, workerData } from "node:worker_threads";
import { readWorkbook } from "./read-workbook.ts";

const { bytes, title } = workerData as { bytes: Uint8Array; title: string };
parentPort?.postMessage(await readWorkbook(bytes, title));
