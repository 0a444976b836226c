import { answerTasks } from "./answer-tasks.ts";
import { limitWasmMemory } from "./limit-wasm-memory.ts";
import type { AskedPages, PagesRead } from "./page-parts.ts";
import { openPdfReader } from "./pdf-reader.ts";

limitWasmMemory(768 * 1024 * 1024);
const opened = openPdfReader();
answerTasks(async ({ bytes, asked }: { bytes: Uint8Array; asked: AskedPages }): Promise<PagesRead> => {
  const read = (await opened).readPart(bytes, asked);
  // A file that could not be read may have filled the reader's memory, which never shrinks: the next one would not be
  // read either. The thread ends with it, and whoever asked is told the same.
  if (!read.ok && read.code === "text.unreadable") throw new Error(read.code);
  return read;
});
