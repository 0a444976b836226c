import { answerTasks } from "./answer-tasks.ts";
import type { AskedPages, PagesRead } from "./page-parts.ts";
import { openPdfReader } from "./pdf-reader.ts";

const unreadable: PagesRead = { ok: false, code: "text.unreadable" };
const opened = openPdfReader();
answerTasks(
  ({ bytes, asked }: { bytes: Uint8Array; asked: AskedPages }): Promise<PagesRead> =>
    opened.then((reader) => reader.readPart(bytes, asked)).catch((): PagesRead => unreadable),
);
