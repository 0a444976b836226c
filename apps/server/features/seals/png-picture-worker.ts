import { parentPort, workerData } from "node:worker_threads";
import { cleanPicture } from "./png-picture.ts";

const { bytes } = workerData as { bytes: Uint8Array };
parentPort?.postMessage(cleanPicture(bytes));
