import { parentPort, workerData } from "node:worker_threads";
import { cutSpecimen } from "./cut-specimen.ts";

const { bytes } = workerData as { bytes: Uint8Array };
parentPort?.postMessage(await cutSpecimen(bytes));
