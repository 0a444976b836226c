import { useRef, useState } from "react";
import { api } from "../../api.ts";
import type { ImportFile } from "./queries.ts";

export interface RefusedFile {
  readonly name: string;
  readonly error: unknown;
}
export interface SendingFile {
  readonly name: string;
  readonly number: number;
  readonly total: number;
}

/** Sends chosen files one after the other; one that is refused is named and holds up no other. */
export function useImportFiles(): {
  readonly files: readonly ImportFile[];
  readonly refused: readonly RefusedFile[];
  readonly sending: SendingFile | null;
  readonly send: (chosen: readonly File[]) => Promise<void>;
  readonly drop: (fileId: string) => void;
} {
  const [files, setFiles] = useState<readonly ImportFile[]>([]);
  const [refused, setRefused] = useState<readonly RefusedFile[]>([]);
  const [sending, setSending] = useState<SendingFile | null>(null);
  const busy = useRef(false);
  const send = async (chosen: readonly File[]): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setRefused([]);
    for (const [index, file] of chosen.entries()) {
      setSending({ name: file.name, number: index + 1, total: chosen.length });
      try {
        const taken = await api("POST /v1/import-files", { file, fileName: file.name });
        // A sheet that was mended and chosen again stands in the place of the one before.
        setFiles((before) => [...before.filter((one) => one.name !== taken.name), taken]);
      } catch (error) {
        setRefused((before) => [...before, { name: file.name, error }]);
      }
    }
    busy.current = false;
    setSending(null);
  };
  return {
    ...{ files, refused, sending, send },
    drop: (fileId) => setFiles((before) => before.filter((one) => one.fileId !== fileId)),
  };
}
