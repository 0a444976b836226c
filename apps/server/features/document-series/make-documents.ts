import type {
  ClassBook,
  DocumentClassId,
  SeriesFault,
  SeriesLine,
  TemplateComparison,
  UnfinishedPlace,
} from "@chancery/domain";
import type { ShownSize } from "../../platform/page-text.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import type { DocumentReading } from "../requests/read-facts.ts";
import type { FormSource } from "./form.ts";

export interface MakeTask {
  readonly form: FormSource;
  readonly lines: readonly SeriesLine[];
  readonly ownNames: readonly string[];
  readonly classes: ClassBook;
  readonly documentClass: DocumentClassId;
  readonly currency: string;
}
export type MadeDocument =
  | {
      readonly ok: true;
      readonly nr: number;
      readonly bytes: Uint8Array;
      readonly pages: readonly ShownSize[];
      readonly signatures: number;
      readonly places: readonly UnfinishedPlace[];
      readonly reading: DocumentReading;
      readonly comparison: TemplateComparison;
    }
  | { readonly ok: false; readonly faults: readonly SeriesFault[] };

/** Documents that one thread makes: so few that they are held in memory together, and what is done is seen. */
export const madeAtOnce = 50;

/** Makes the documents of some lines; the template was looked at when it was registered, the values are somebody's. */
export const makeInThread = createThreadPool<MakeTask, MadeDocument[]>(new URL("./make-worker.ts", import.meta.url), {
  ...{ timeMs: 120_000, memoryMb: 1024, mostAtOnce: 1, mostWaiting: 50 },
});
