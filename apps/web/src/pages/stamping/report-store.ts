import type { QueuedReport, ReportStore } from "./report-queue.ts";

const DATABASE = "chancery-stamping";
const REPORTS = "reports";

/** What the device had no room for, of all pages of this window: whoever has to sign in again meanwhile finds it there. */
const inWindow = new Map<string, QueuedReport>();

/** The reports of one person on one request, on this device; in this window alone where the browser keeps nothing. */
export async function openReportStore(requestId: string, personId: string): Promise<ReportStore> {
  const isHis = (one: QueuedReport): boolean => one.requestId === requestId && one.personId === personId;
  const device = await openDatabase().then(keepIn, () => null);
  return joinStores(device, inWindow, isHis);
}

/** What a device keeps of all reports. */
export interface DeviceStore {
  readonly list: () => Promise<readonly QueuedReport[]>;
  /** Rejects where the device has no room. */
  readonly put: (report: QueuedReport) => Promise<void>;
  readonly remove: (reportId: string) => Promise<void>;
}

/** The device's store and the window's as one: what the first cannot keep is in the second. */
export function joinStores(
  device: DeviceStore | null,
  window: Map<string, QueuedReport>,
  isHis: (report: QueuedReport) => boolean = () => true,
): ReportStore {
  return {
    list: async () => [
      ...((await device?.list()) ?? []).filter(isHis).map((report) => ({ report, lasting: true })),
      ...[...window.values()].filter(isHis).map((report) => ({ report, lasting: false })),
    ],
    put: async (report) => {
      try {
        if (device) {
          await device.put(report);
          return { report, lasting: true };
        }
      } catch {
        // Full: the photo is in the window all the same, and the page says so.
      }
      window.set(report.reportId, report);
      return { report, lasting: false };
    },
    remove: async (reportId) => {
      if (!window.delete(reportId)) await device?.remove(reportId);
    },
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

function keepIn(database: IDBDatabase): DeviceStore {
  const run = <T>(mode: IDBTransactionMode, act: (reports: IDBObjectStore) => IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(REPORTS, mode);
      const asked = act(transaction.objectStore(REPORTS));
      // Kept is what the transaction has written, not what was asked for.
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error ?? new Error("nothing was kept"));
    });
  return {
    list: () => run("readonly", (reports) => reports.getAll() as IDBRequest<QueuedReport[]>),
    put: async (report) => void (await run("readwrite", (reports) => reports.put(report))),
    remove: async (reportId) => void (await run("readwrite", (reports) => reports.delete(reportId))),
  };
}
