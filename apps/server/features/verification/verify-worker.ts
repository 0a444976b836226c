import { parentPort, workerData } from "node:worker_threads";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import type { VerifyTask } from "./verify-in-worker.ts";

const { bytes, ...options } = workerData as VerifyTask;
parentPort?.postMessage(await verifyPdf(bytes, options));
