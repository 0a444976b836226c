import { parentPort, workerData } from "node:worker_threads";
import { cleanSpecimen } from "./clean-specimen.ts";

const { bytes } = workerData as { bytes: Uint8Array };
parentPort?.postMessage(await cleanSpecimen(bytes));
