import type { UploadedFile } from "./draft.ts";

/** Why a file was not taken, known here before anything is sent. */
export type LocalRefusal = "too-large" | "too-many" | "empty" | "twice";
export type UploadState =
  | { readonly kind: "waiting" }
  | { readonly kind: "sending"; readonly share: number }
  | { readonly kind: "reading" }
  | { readonly kind: "not-taken"; readonly reason: LocalRefusal }
  /** The server refused it, or did not answer. */
  | { readonly kind: "refused"; readonly thrown: unknown };
export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly state: UploadState;
}
export interface Uploads {
  /** Takes files; with `replaces` the first of them stands in for that document. */
  readonly take: (files: readonly File[], replaces?: string) => void;
  readonly again: (id: string) => void;
  /** Stops an upload under way, or takes a refused one off the list. */
  readonly drop: (id: string) => void;
  readonly list: () => readonly Upload[];
  /** Whether something is on its way or waits to be. */
  readonly busy: () => boolean;
}

interface Item {
  readonly id: string;
  readonly file: File;
  readonly replaces: string | undefined;
  readonly stop: AbortController;
  state: UploadState;
}

/**
 * Sends files one after another, so that documents stand in the order they were chosen in. A refused file keeps its
 * line with the reason and holds up no other.
 */
export function createUploads(ports: {
  readonly send: (file: File, onProgress: (share: number) => void, stop: AbortSignal) => Promise<UploadedFile>;
  readonly onTaken: (file: UploadedFile, replaces: string | undefined) => void;
  readonly onChange: () => void;
  readonly limitBytes: number;
  readonly most: number;
  /** The digests of the documents that are here already. */
  readonly digests: () => readonly string[];
}): Uploads {
  let items: readonly Item[] = [];
  let shown: readonly Upload[] = [];
  let nextId = 0;
  let running = false;

  const show = (): void => {
    shown = items.map(({ id, file, state }) => ({ id, name: file.name, sizeBytes: file.size, state }));
    ports.onChange();
  };
  const set = (item: Item, state: UploadState): void => {
    item.state = state;
    show();
  };
  const without = (item: Item): void => {
    items = items.filter((one) => one !== item);
  };
  const judge = (file: File, at: number): UploadState => {
    if (file.size === 0) return { kind: "not-taken", reason: "empty" };
    if (file.size > ports.limitBytes) return { kind: "not-taken", reason: "too-large" };
    if (ports.digests().length + at >= ports.most) return { kind: "not-taken", reason: "too-many" };
    return { kind: "waiting" };
  };
  const send = async (item: Item): Promise<void> => {
    set(item, { kind: "sending", share: 0 });
    try {
      const file = await ports.send(
        item.file,
        (share) => {
          if (items.includes(item)) set(item, share < 1 ? { kind: "sending", share } : { kind: "reading" });
        },
        item.stop.signal,
      );
      if (!items.includes(item)) return;
      if (ports.digests().includes(file.digest)) return set(item, { kind: "not-taken", reason: "twice" });
      without(item);
      ports.onTaken(file, item.replaces);
      show();
    } catch (thrown) {
      if (items.includes(item)) set(item, { kind: "refused", thrown });
    }
  };
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let next = waiting()[0]; next; next = waiting()[0]) await send(next);
    running = false;
    show();
  };
  const waiting = (): Item[] => items.filter((item) => item.state.kind === "waiting");

  return {
    take: (files, replaces) => {
      const underWay = items.filter((item) => !["not-taken", "refused"].includes(item.state.kind)).length;
      items = [
        ...items,
        ...files.map(
          (file, at): Item => ({
            id: `u${nextId++}`,
            file,
            replaces: at === 0 ? replaces : undefined,
            stop: new AbortController(),
            state: judge(file, underWay + at - (replaces === undefined ? 0 : 1)),
          }),
        ),
      ];
      show();
      void run();
    },
    again: (id) => {
      const item = items.find((one) => one.id === id);
      if (!item) return;
      set(item, { kind: "waiting" });
      void run();
    },
    drop: (id) => {
      const item = items.find((one) => one.id === id);
      if (!item) return;
      without(item);
      item.stop.abort();
      show();
    },
    list: () => shown,
    busy: () => running,
  };
}
