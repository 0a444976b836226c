import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, findProblem } from "../../api.ts";
import { beginHistory, type History, step, stepBack } from "./history.ts";
import {
  type CaseAnswer,
  type CaseFacts,
  type Reading,
  type RuleSet,
  refreshRules,
  type Version,
  type VersionDetail,
  versionQuery,
} from "./queries.ts";

export interface Draft {
  readonly rules: RuleSet;
  readonly note: string;
  readonly changed: boolean;
  readonly mayUndo: boolean;
  /** `what` names a field: letters typed into it are taken back together. */
  readonly change: (rules: RuleSet, what?: string) => void;
  readonly changeNote: (note: string) => void;
  readonly undo: () => void;
  readonly save: () => Promise<VersionDetail>;
  readonly saving: {
    readonly busy: boolean;
    readonly done: boolean;
    readonly error: unknown;
    readonly conflict: boolean;
  };
}

/** A draft as it is written here: what was changed since it was saved, and saving it. */
export function useDraft(detail: VersionDetail): Draft {
  const queries = useQueryClient();
  const [history, setHistory] = useState<History<RuleSet>>(() => beginHistory(detail.rules));
  const [note, setNote] = useState(detail.version.note);
  const [saved, setSaved] = useState({ rules: detail.rules, note: detail.version.note, revision: detail.revision });
  const versionId = detail.version.versionId;
  const save = useMutation({
    mutationFn: async (sent: { rules: RuleSet; note: string; revision: number }) => {
      if (!isOwn(versionId)) throw new Error(`${versionId} is no draft`);
      return api("PUT /v1/rules/versions/:versionId", { params: { versionId }, body: sent });
    },
    onSuccess: async (answer, sent) => {
      setSaved({ ...sent, revision: answer.revision });
      queries.setQueryData(versionQuery(versionId).queryKey, answer);
      await refreshRules(queries);
    },
  });
  const changed = history.now !== saved.rules || note !== saved.note;
  return {
    ...{ rules: history.now, note, changed, mayUndo: history.before.length > 0 },
    change: (rules, what = "") => setHistory((before) => step(before, rules, what)),
    changeNote: setNote,
    undo: () => setHistory(stepBack),
    save: () => save.mutateAsync({ rules: history.now, note, revision: saved.revision }),
    saving: {
      ...{ busy: save.isPending, done: save.isSuccess && !changed, error: save.error },
      conflict: findProblem(save.error)?.code === "subject.changed-meanwhile",
    },
  };
}

/** A version of the organisation's own, not a starter set. */
export const isOwn = (versionId: Version["versionId"]): versionId is `rul_${string}` => versionId.startsWith("rul_");

/** What the tables say as they stand here, asked again when nobody has typed for a moment. */
export function useReading(
  detail: VersionDetail,
  draft: Draft,
  cases: readonly CaseFacts[],
): {
  readonly reading: Reading;
  readonly answers: readonly CaseAnswer[] | undefined;
  readonly current: boolean;
  readonly error: unknown;
} {
  const asked = useSettled({ rules: draft.rules, cases }, 300);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["rules", "checked", asked.rules, asked.cases],
    queryFn: () => api("POST /v1/rules/checks", { body: { rules: asked.rules, cases: [...asked.cases] } }),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  return {
    ...{ reading: data ?? detail, answers: data?.answers, error },
    current: data !== undefined && !isPlaceholderData && asked.rules === draft.rules,
  };
}

function useSettled<T extends { readonly rules: RuleSet; readonly cases: readonly CaseFacts[] }>(
  value: T,
  ms: number,
): T {
  const [settled, setSettled] = useState(value);
  const { rules, cases } = value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pair is made anew each time, its members are not
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [rules, cases, ms]);
  return settled;
}
