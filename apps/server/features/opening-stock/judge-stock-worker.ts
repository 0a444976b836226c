import { parentPort, workerData } from "node:worker_threads";
import { judgeOpeningStock, readSheets } from "@chancery/domain";
import type { JudgedStock, StockToJudge } from "./judge-stock.ts";

const { raw, facts } = workerData as StockToJudge;
const read = readSheets(raw);
parentPort?.postMessage({ read, verdicts: judgeOpeningStock(read.lines, facts) } satisfies JudgedStock);
