import { changeDraft, type Draft, type DraftAction, makeDraft, type UploadedFile } from "./draft.ts";
import { type DraftBody, isSameBody, makeBody } from "./draft-body.ts";
import { createSaveQueue, type SaveState, type SaveTrouble, type Timers } from "./save-queue.ts";
import { createUploads, type Upload, type Uploads } from "./uploads.ts";

/** A saved draft as the server has it. */
export interface Saved {
  readonly requestId: string;
  readonly version: number;
  readonly savedAt: string;
}
/** What the wizard needs of the server. */
export interface ApplyPorts {
  readonly begin: (body: DraftBody, key: string) => Promise<Saved>;
  readonly save: (requestId: string, body: DraftBody & { version: number }) => Promise<Omit<Saved, "requestId">>;
  readonly read: (requestId: string) => Promise<{ readonly draft: Draft; readonly saved: Saved }>;
  readonly send: (file: File, onProgress: (share: number) => void, stop: AbortSignal) => Promise<UploadedFile>;
  readonly judge: (thrown: unknown) => SaveTrouble;
  readonly newKey: () => string;
  readonly timers: Timers;
  readonly limits: { readonly bytes: number; readonly documents: number };
}
export interface ApplySnapshot {
  readonly draft: Draft;
  readonly saved: Saved | null;
  readonly saving: SaveState;
  readonly uploads: readonly Upload[];
  /** Whether leaving now would lose something. */
  readonly unsaved: boolean;
}
export interface ApplyStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => ApplySnapshot;
  readonly change: (action: DraftAction) => void;
  readonly uploads: Pick<Uploads, "take" | "again" | "drop">;
  readonly flush: () => Promise<boolean>;
  readonly retry: () => Promise<boolean>;
  /** After a conflict: goes on with what the other window saved; what was only here is dropped. */
  readonly takeTheirs: () => Promise<void>;
  /** After a conflict: saves what is here over what the other window saved. */
  readonly keepMine: () => Promise<boolean>;
}

/**
 * One draft under work: what was done to it, its uploads, and how saving stands. The draft is begun at the server with
 * the first thing in it; from then on each save names the version it was made on.
 */
export function createApplyStore(
  ports: ApplyPorts,
  /** `toSave`: what it starts with is not at the server yet, and is worth keeping as it is. */
  start: { readonly draft: Draft; readonly saved: Saved | null; readonly toSave?: boolean },
): ApplyStore {
  const listeners = new Set<() => void>();
  let { draft, saved } = start;
  let offered = makeBody(draft);
  let beginning: { readonly body: DraftBody; readonly key: string } | null = null;
  /** Sent, and perhaps kept: an answer that was lost must not look like somebody else's change. */
  let sent: DraftBody | null = null;
  let snapshot: ApplySnapshot;

  const show = (): void => {
    const saving = queue.state();
    const unsaved = saving.kind !== "saved" || uploads.busy();
    snapshot = { draft, saved, saving, uploads: uploads.list(), unsaved };
    for (const listener of listeners) listener();
  };
  const begin = async (body: DraftBody): Promise<boolean> => {
    beginning ??= { body, key: ports.newKey() };
    try {
      saved = await ports.begin(beginning.body, beginning.key);
    } catch (thrown) {
      // A refused beginning is over; one without an answer is asked for again, under its own key.
      if (ports.judge(thrown) !== "unreachable") beginning = null;
      throw thrown;
    }
    const whole = isSameBody(beginning.body, body);
    beginning = null;
    return whole;
  };
  const put = async (body: DraftBody, to: Saved): Promise<void> => {
    sent = body;
    const kept = await ports.save(to.requestId, { ...body, version: to.version });
    saved = { ...to, ...kept };
    sent = null;
  };
  /** Whether the newer version at the server is our own save whose answer was lost; then it is gone on from. */
  const wasOurs = async (to: Saved, before: DraftBody | null): Promise<boolean> => {
    if (!before) return false;
    const there = await ports.read(to.requestId);
    if (!isSameBody(makeBody(there.draft), before)) return false;
    saved = there.saved;
    return true;
  };
  const save = async (body: DraftBody): Promise<void> => {
    if (!saved && (await begin(body))) return;
    if (!saved) return;
    const before = sent;
    try {
      await put(body, saved);
    } catch (thrown) {
      if (ports.judge(thrown) !== "conflict" || !(await wasOurs(saved, before))) throw thrown;
      await put(body, saved);
    }
  };
  const queue = createSaveQueue<DraftBody>({ save, judge: ports.judge, timers: ports.timers, onChange: () => show() });
  const uploads = createUploads({
    send: ports.send,
    onTaken: (file, replaces) =>
      change(
        replaces === undefined
          ? { type: "add-document", file }
          : { type: "replace-document", documentId: replaces, file },
      ),
    onChange: () => show(),
    limitBytes: ports.limits.bytes,
    most: ports.limits.documents,
    digests: () => draft.documents.map((document) => document.file.digest),
  });
  const change = (action: DraftAction): void => {
    draft = changeDraft(draft, action);
    const body = makeBody(draft);
    if (action.type !== "load" && !isSameBody(body, offered)) queue.offer(body);
    offered = body;
    show();
  };
  if (start.toSave) queue.offer(offered);
  show();

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => snapshot,
    change,
    uploads,
    flush: queue.flush,
    retry: queue.retry,
    takeTheirs: async () => {
      if (!saved) return;
      const theirs = await ports.read(saved.requestId);
      saved = theirs.saved;
      sent = null;
      queue.forget();
      change({ type: "load", draft: theirs.draft });
    },
    keepMine: async () => {
      if (saved) saved = (await ports.read(saved.requestId)).saved;
      return queue.retry();
    },
  };
}

/** The draft that a new application begins with, for somebody of these entities. */
export function makeFirstDraft(entityIds: readonly string[], urgent = false): Draft {
  return makeDraft({ entityId: entityIds[0] ?? null, ...(urgent ? { emergency: "" } : {}) });
}
