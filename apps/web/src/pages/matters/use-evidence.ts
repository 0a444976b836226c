import { useState } from "react";
import { api } from "../../api.ts";
import { sortFiles } from "./matters.ts";
import type { EvidenceFile } from "./queries.ts";

export interface Sending {
  readonly name: string;
  readonly number: number;
  readonly total: number;
}

/** Sends chosen files one after the other; each is handed on as soon as the server has taken it. */
export function useEvidenceUpload(onTaken: (file: EvidenceFile) => Promise<void> | void): {
  readonly send: (files: readonly File[]) => Promise<void>;
  readonly sending: Sending | null;
  readonly tooLarge: readonly string[];
  readonly error: unknown;
} {
  const [sending, setSending] = useState<Sending | null>(null);
  const [tooLarge, setTooLarge] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const send = async (chosen: readonly File[]): Promise<void> => {
    const files = sortFiles(chosen);
    setTooLarge(files.tooLarge.map((file) => file.name));
    setError(null);
    try {
      for (const [index, file] of files.send.entries()) {
        setSending({ name: file.name, number: index + 1, total: files.send.length });
        await onTaken(await api("POST /v1/evidence", { file, fileName: file.name }));
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setSending(null);
    }
  };
  return { send, sending, tooLarge, error };
}
