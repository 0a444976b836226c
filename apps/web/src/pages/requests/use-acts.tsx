import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { type Decision, makeDecision, needsPresence, presenceActOf } from "./decision.ts";
import { type RequestDetail, refreshRequests } from "./queries.ts";

/** Whether the act was done; false where the reader turned away from showing that it is him. */
type Act<T> = UseMutationResult<boolean, Error, T>;
export interface Acts {
  readonly decide: Act<{ readonly decision: Decision; readonly comment: string; readonly backTo?: string }>;
  readonly release: Act<void>;
  readonly confirm: Act<void>;
  /** The dialog that asks for the proof of presence; has to be drawn. */
  readonly dialog: ReactElement | null;
}

/**
 * What a reader may do to a request: decide a step, release the sealing, confirm it; each bound to the digest shown.
 * `onDone` is called once an act is done, before the request is read anew: by then the reader may no longer act on it,
 * and what drew the buttons is gone.
 */
export function useActs(request: RequestDetail, onDone?: () => Promise<void>): Acts {
  const t = useText("requests");
  const queries = useQueryClient();
  const presence = usePresence();
  const { requestId, digest } = request;
  const params = { requestId };
  const title = request.title || t("page.untitled");
  const impressions = t("page.impressions", { count: request.impressions });
  const onSuccess = async (done: boolean): Promise<void> => {
    if (!done) return;
    await onDone?.();
    await refreshRequests(queries);
  };
  const sealingAct = (act: "release" | "confirm") => async (): Promise<boolean> => {
    if (digest === null) return false;
    const given = await presence.ask(presenceActOf(act, requestId), t(`act.${act}Sentence`, { title, impressions }));
    if (!given) return false;
    const body = { digest, presence: given.presence };
    if (act === "release") await api("POST /v1/seal-use-requests/:requestId/release", { params, body });
    else await api("POST /v1/seal-use-requests/:requestId/confirm", { params, body });
    return true;
  };
  return {
    decide: useMutation({
      mutationFn: async ({ decision, comment, backTo }) => {
        const given = needsPresence(request)
          ? await presence.ask(presenceActOf(decision, requestId), t(`act.${decision}Sentence`, { title }))
          : undefined;
        if (given === null) return false;
        const body = makeDecision(request, decision, comment, given?.presence, backTo);
        if (!body) return false;
        await api("POST /v1/seal-use-requests/:requestId/decisions", { params, body });
        return true;
      },
      onSuccess,
    }),
    release: useMutation({ mutationFn: sealingAct("release"), onSuccess }),
    confirm: useMutation({ mutationFn: sealingAct("confirm"), onSuccess }),
    dialog: presence.dialog,
  };
}
