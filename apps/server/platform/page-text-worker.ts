import { answerTasks } from "./answer-tasks.ts";
import type { AskedPages, PagesRead } from "./page-parts.ts";
import { openPdfReader } from "./pdf-reader.ts";

const opened = openPdfReader();
answerTasks(async ({ bytes, asked }: { bytes: Uint8Array; asked: AskedPages }): Promise<PagesRead> => {
  const read = (await opened).readPart(bytes, asked);
  // A file that could not be read may have filled the reader's memory, which never shrinks: the next one would not be
  // read either. The thread ends with it, and whoever asked is told the same.
  if (!read.ok && read.code === "text.unreadable") throw new Error(read.code);
  return read;
});
