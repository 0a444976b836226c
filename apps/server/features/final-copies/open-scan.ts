import { createThreadPool } from "../../platform/run-in-thread.ts";

export interface OpenScanTask {
  /** A PDF, or a picture (JPEG, PNG, WebP, TIFF). */
  readonly bytes: Uint8Array;
  /** Which of its sheets is drawn, from 1; null to count them. */
  readonly page: number | null;
  /** A file with more sheets is not opened. */
  readonly most: number;
}
export type OpenScanAnswer =
  | {
      readonly ok: true;
      readonly sheets: number;
      readonly sheet: {
        /** As it is compared: what readPhoto takes. */
        readonly photo: Uint8Array;
        /** As people see it: JPEG without what a camera wrote beside it. */
        readonly shown: Uint8Array;
      } | null;
    }
  | { readonly ok: false; readonly code: "not-readable" | "too-many-sheets" };

const open = createThreadPool<OpenScanTask, OpenScanAnswer>(new URL("./open-scan-worker.ts", import.meta.url), {
  ...{ timeMs: 60_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 20 },
});

/** Counts the sheets of a scan, or draws one, in a thread of its own with limits of time and memory. Throws where it has to wait too long. */
export async function openScan(task: OpenScanTask): Promise<OpenScanAnswer> {
  const outcome = await open(task);
  if (outcome.ok) return outcome.answer;
  if (outcome.why === "busy") throw new Error("the scan waits: others are being read");
  return { ok: false, code: "not-readable" };
}
