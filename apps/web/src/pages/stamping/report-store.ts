import type { QueuedReport, ReportStore } from "./report-queue.ts";

const DATABASE = "chancery-stamping";
const REPORTS = "reports";

/** The reports of one person on one request, on this device; in memory alone where the browser keeps nothing. */
export async function openReportStore(requestId: string, personId: string): Promise<ReportStore> {
  try {
    return keepIn(await openDatabase(), requestId, personId);
  } catch {
    return makeMemoryStore();
  }
}

/** A store that ends with the page. */
export function makeMemoryStore(kept: readonly QueuedReport[] = []): ReportStore {
  const reports = new Map(kept.map((report) => [report.reportId, report]));
  return {
    lasting: false,
    list: async () => [...reports.values()],
    put: async (report) => void reports.set(report.reportId, report),
    remove: async (reportId) => void reports.delete(reportId),
  };
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(REPORTS, { keyPath: "reportId" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("the browser keeps nothing"));
    asked.onblocked = () => reject(new Error("another page holds the store"));
  });
}

function keepIn(database: IDBDatabase, requestId: string, personId: string): ReportStore {
  const run = <T>(mode: IDBTransactionMode, act: (reports: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(REPORTS, mode);
      const asked = act(transaction.objectStore(REPORTS));
      // Kept is what the transaction has written, not what was asked for.
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("nothing was kept"));
    });
  return {
    lasting: true,
    list: async () => {
      const all: QueuedReport[] = await run("readonly", (reports) => reports.getAll());
      return all.filter((one) => one.requestId === requestId && one.personId === personId);
    },
    put: async (report) => void (await run("readwrite", (reports) => reports.put(report))),
    remove: async (reportId) => void (await run("readwrite", (reports) => reports.delete(reportId))),
  };
}
