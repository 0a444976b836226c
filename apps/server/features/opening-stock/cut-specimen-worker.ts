import { answerTasks } from "../../platform/answer-tasks.ts";
import { cutSpecimen } from "./cut-specimen.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }) => cutSpecimen(bytes));
