import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { presenceActOf } from "../requests/decision.ts";
import { refreshStamping, type StampingView } from "./queries.ts";

/** Whether the act was done; false where the reader turned away from showing that it is him. */
type Act<T> = UseMutationResult<boolean, Error, T>;
export interface StampActs {
  /** The custodian begins, by hand or with the controller, or goes on another day. */
  readonly open: Act<"hand" | "controller">;
  readonly supervise: Act<void>;
  readonly end: Act<string>;
  /** Has to be drawn. */
  readonly dialog: ReactElement | null;
}

/** What a reader does to a stamping as a whole, each in person and bound to what was approved. */
export function useStampActs(view: StampingView, impressions: string): StampActs {
  const t = useText("stamping");
  const queries = useQueryClient();
  const presence = usePresence();
  const { requestId, digest, title } = view;
  const params = { requestId };
  const onSuccess = async (done: boolean): Promise<void> => {
    if (done) await refreshStamping(queries);
  };
  const sentenceOf = (way: "hand" | "controller"): string => {
    if (view.actions.includes("go-on"))
      return t(way === "hand" ? "waits.goOnSentence" : "controller.goOnSentence", { title });
    return t(way === "hand" ? "open.beginSentence" : "controller.beginSentence", { title, impressions });
  };
  return {
    open: useMutation({
      mutationFn: async (way) => {
        const given = await presence.ask(presenceActOf("release", requestId), sentenceOf(way));
        if (!given) return false;
        const body = { digest, presence: given.presence, stampedWith: way };
        await api("POST /v1/seal-use-requests/:requestId/stamping", { params, body });
        return true;
      },
      onSuccess,
    }),
    supervise: useMutation({
      mutationFn: async () => {
        const given = await presence.ask(
          presenceActOf("confirm", requestId),
          t("supervise.sentence", { title, impressions }),
        );
        if (!given) return false;
        const body = { digest, presence: given.presence };
        await api("POST /v1/seal-use-requests/:requestId/confirm", { params, body });
        return true;
      },
      onSuccess,
    }),
    end: useMutation({
      mutationFn: async (reason) => {
        await api("POST /v1/seal-use-requests/:requestId/stamping/end", { params, body: { reason } });
        return true;
      },
      onSuccess,
    }),
    dialog: presence.dialog,
  };
}
