import type { Clock } from "./clock.ts";
import type { Db, Tx } from "./db.ts";
import type { FileStore } from "./files.ts";
import type { Mailer } from "./mailer.ts";
import type { MasterKey } from "./master-key.ts";
import type { WordConverter } from "./word-converter.ts";

/** What every service works with. The sample organisation is made with one whose clock walks through the past. */
export interface Environment {
  readonly db: Db;
  readonly clock: Clock;
  readonly files: FileStore;
  readonly masterKey: MasterKey;
  /** Puts a job into the transaction that needs it. The sample organisation runs its past jobs itself instead. */
  readonly enqueue: (
    tx: Tx,
    task:
      | "seal-request"
      | "backtest"
      | "make-series"
      | "read-photo"
      | "read-final-copy"
      | "send-alarm-mail"
      | "send-press-mail"
      | "follow-vendor",
    payload: Record<string, string>,
    jobKey: string,
  ) => Promise<void>;
  /** The origin pages are served from; passkeys are bound to it. */
  readonly origin: string;
  /** Whether the page of the virtual controller was asked for by a setting. */
  readonly lab?: boolean;
  /** Sends mail where a mail server is configured; left out, nobody is written to. */
  readonly mailer?: Mailer | undefined;
  /** Turns Word files into PDF where LibreOffice is there; left out, they are not taken. */
  readonly word?: WordConverter | undefined;
  /** Days after which nobody is given any more where a photo was taken; left out, ninety. */
  readonly locationDays?: number;
  readonly logger: {
    info(facts: object, text: string): void;
    warn(facts: object, text: string): void;
    error(facts: object, text: string): void;
  };
}
