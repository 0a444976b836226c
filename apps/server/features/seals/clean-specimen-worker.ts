import { answerTasks } from "../../platform/answer-tasks.ts";
import { cleanSpecimen } from "./clean-specimen.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }) => cleanSpecimen(bytes));
