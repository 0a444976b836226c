import { answerTasks } from "../../platform/answer-tasks.ts";
import { type PdfTask, writeRuleBookPdf } from "./write-pdf.ts";

answerTasks((task: PdfTask) => writeRuleBookPdf(task));
