import { judgeOpeningStock, readSheets } from "@chancery/domain";
import { answerTasks } from "../../platform/answer-tasks.ts";
import type { JudgedStock, StockToJudge } from "./judge-stock.ts";

answerTasks(({ raw, facts }: StockToJudge): JudgedStock => {
  const read = readSheets(raw);
  return { read, verdicts: judgeOpeningStock(read.lines, facts) };
});
