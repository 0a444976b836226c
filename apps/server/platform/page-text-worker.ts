import { answerTasks } from "./answer-tasks.ts";
import type { PageTextAnswer } from "./page-text.ts";
import { openPdfReader } from "./pdf-reader.ts";

const unreadable: PageTextAnswer = { ok: false, code: "text.unreadable" };
const opened = openPdfReader();
answerTasks(
  ({ bytes, mostPages }: { bytes: Uint8Array; mostPages: number }): Promise<PageTextAnswer> =>
    opened.then((reader) => reader.readPages(bytes, mostPages)).catch((): PageTextAnswer => unreadable),
);
