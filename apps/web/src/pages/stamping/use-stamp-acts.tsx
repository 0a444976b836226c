import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api, type CallOptions } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { presenceActOf } from "../requests/decision.ts";
import { refreshStamping, type StampingView } from "./queries.ts";

/** By the custodian's hand, or with the controller: its supervisor beside it or elsewhere, anywhere or only in its dock. */
export type StampWay = CallOptions<"POST /v1/seal-use-requests/:requestId/stamping">["body"]["stampedWith"] & string;

/** Whether the act was done; false where the reader turned away from showing that it is him. */
type Act<T> = UseMutationResult<boolean, Error, T>;
export interface StampActs {
  /** The custodian begins, by hand or with the controller, or goes on another day. */
  readonly open: Act<StampWay>;
  readonly supervise: Act<void>;
  /** Who supervises from elsewhere agrees to one press, or refuses it with a reason. */
  readonly agree: Act<{ readonly lookId: string; readonly digest: string; readonly nth: number }>;
  readonly refuse: Act<{ readonly lookId: string; readonly reason: string }>;
  readonly end: Act<{ readonly reason: string; readonly unheard?: boolean }>;
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
  const sentenceOf = (way: StampWay): string => {
    if (view.actions.includes("go-on"))
      return t(way === "hand" ? "waits.goOnSentence" : "controller.goOnSentence", { title });
    if (way === "remote") return t("remote.beginSentence", { title, impressions });
    if (way === "docked") return t("docked.beginSentence", { title, impressions });
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
          t(view.remote ? "remote.superviseSentence" : "supervise.sentence", { title, impressions }),
        );
        if (!given) return false;
        const body = { digest, presence: given.presence };
        await api("POST /v1/seal-use-requests/:requestId/confirm", { params, body });
        return true;
      },
      onSuccess,
    }),
    agree: useMutation({
      mutationFn: async ({ lookId, digest: shown, nth }) => {
        const given = await presence.ask(
          { act: "remote-press", requestId, lookId },
          t("remote.agreeSentence", { nth, title }),
        );
        if (!given) return false;
        const body = { verdict: "agree" as const, digest: shown, presence: given.presence };
        await api("POST /v1/seal-use-requests/:requestId/stamping/looks/:lookId", {
          params: { requestId, lookId },
          body,
        });
        return true;
      },
      onSuccess,
    }),
    refuse: useMutation({
      mutationFn: async ({ lookId, reason }) => {
        const body = { verdict: "refuse" as const, reason };
        await api("POST /v1/seal-use-requests/:requestId/stamping/looks/:lookId", {
          params: { requestId, lookId },
          body,
        });
        return true;
      },
      onSuccess,
    }),
    end: useMutation({
      mutationFn: async (body) => {
        await api("POST /v1/seal-use-requests/:requestId/stamping/end", { params, body });
        return true;
      },
      onSuccess,
    }),
    dialog: presence.dialog,
  };
}
