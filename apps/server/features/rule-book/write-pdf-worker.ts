import { parentPort, workerData } from "node:worker_threads";
import { type PdfTask, writeRuleBookPdf } from "./write-pdf.ts";

parentPort?.postMessage(await writeRuleBookPdf(workerData as PdfTask));
