import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, apiTelling } from "../../api.ts";
import { leafProofQuery } from "../../proof/leaf-proof.ts";
import { type CheckPorts, checkFile, type Outcome, type Phase } from "./check-file.ts";

/** One file of this visit, and how far its check has come. */
export interface FileCheck {
  readonly id: number;
  readonly name: string;
  readonly phase: Phase;
  /** Null while it is being checked; `stopped` by the reader. */
  readonly outcome: Outcome | { readonly kind: "stopped" } | null;
}

/** The ways to the server and to the prover, for one check. */
export function useCheckPorts(): CheckPorts {
  const queries = useQueryClient();
  return {
    lookUp: (digest, signal) => api("GET /v1/verifications/:digest", { params: { digest }, signal }),
    send: (file, onSent, signal) => apiTelling(onSent)("POST /v1/verifications", { file, fileName: file.name, signal }),
    prove: (target) => queries.fetchQuery(leafProofQuery(target)),
  };
}

/** The files that were chosen in this visit, checked one after another. Nothing of them outlives the page. */
export function useFileChecks(): {
  readonly checks: readonly FileCheck[];
  readonly shown: FileCheck | null;
  readonly add: (files: readonly File[]) => void;
  readonly show: (id: number) => void;
  readonly stop: (id: number) => void;
  /** Checks the same file once more. */
  readonly again: (id: number) => void;
} {
  const ports = useCheckPorts();
  const [checks, setChecks] = useState<readonly FileCheck[]>([]);
  const [shownId, setShownId] = useState<number | null>(null);
  const line = useRef<Promise<void>>(Promise.resolve());
  const files = useRef(new Map<number, File>());
  const stops = useRef(new Map<number, AbortController>());
  const count = useRef(0);

  const change = (id: number, to: Partial<FileCheck>): void =>
    setChecks((all) => all.map((one) => (one.id === id ? { ...one, ...to } : one)));
  const run = async (id: number): Promise<void> => {
    const [file, stop] = [files.current.get(id), stops.current.get(id)];
    if (file === undefined || stop === undefined || stop.signal.aborted)
      return change(id, { outcome: { kind: "stopped" } });
    try {
      change(id, { outcome: await checkFile(file, ports, (phase) => change(id, { phase }), stop.signal) });
    } catch (error) {
      change(id, { outcome: stop.signal.aborted ? { kind: "stopped" } : { kind: "problem", error } });
    }
  };

  const enqueue = (id: number): void => {
    stops.current.set(id, new AbortController());
    line.current = line.current.then(() => run(id));
  };

  return {
    checks,
    shown: checks.find((one) => one.id === shownId) ?? null,
    add: (chosen) => {
      const fresh = chosen.map((file) => {
        count.current += 1;
        files.current.set(count.current, file);
        return { id: count.current, file };
      });
      const [first] = fresh;
      if (first === undefined) return;
      setChecks((all) => [
        ...all,
        ...fresh.map(({ id, file }): FileCheck => ({ id, name: file.name, phase: { at: "waiting" }, outcome: null })),
      ]);
      setShownId(first.id);
      for (const { id } of fresh) enqueue(id);
    },
    show: setShownId,
    stop: (id) => stops.current.get(id)?.abort(),
    again: (id) => {
      change(id, { phase: { at: "waiting" }, outcome: null });
      enqueue(id);
    },
  };
}
