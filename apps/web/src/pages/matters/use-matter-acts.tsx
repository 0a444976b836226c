import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { usePresence } from "../../parts/presence-dialog.tsx";
import type { ConfirmationFacts } from "./matter-forms.ts";
import { currentStep, type MatterDecision, makeMatterDecision } from "./matters.ts";
import { type MatterDetail, refreshMatters } from "./queries.ts";

/** Whether the act was done; false where the reader turned away from showing that it is him. */
type Act<T> = UseMutationResult<boolean, Error, T>;
export interface MatterActs {
  readonly submit: Act<void>;
  readonly decide: Act<{ readonly decision: MatterDecision; readonly comment: string }>;
  readonly confirm: Act<{ readonly part: string; readonly facts: ConfirmationFacts }>;
  readonly carryOut: Act<void>;
  readonly end: Act<{ readonly how: "withdraw" | "cancel"; readonly reason: string }>;
  /** The dialog that asks for the proof of presence; has to be drawn. */
  readonly dialog: ReactElement | null;
}

/** What a reader may do to a matter, each act bound to the digest shown. */
export function useMatterActs(matter: MatterDetail): MatterActs {
  const t = useText("matters");
  const queries = useQueryClient();
  const presence = usePresence();
  const { matterId, digest } = matter;
  const title = sayHalf(matter.title, useLanguage());
  const params = { matterId };
  const onSuccess = (done: boolean): Promise<void> => (done ? refreshMatters(queries) : Promise.resolve());
  return {
    submit: useMutation({
      mutationFn: async () => {
        await api("POST /v1/matters/:matterId/submit", { params });
        return true;
      },
      onSuccess,
    }),
    decide: useMutation({
      mutationFn: async ({ decision, comment }) => {
        const given =
          decision === "approve" && currentStep(matter)?.presence
            ? await presence.ask({ act: "matter-approve", matterId }, t("act.approveSentence", { title }))
            : undefined;
        if (given === null) return false;
        const body = makeMatterDecision(matter, decision, comment, given?.presence);
        if (!body) return false;
        await api("POST /v1/matters/:matterId/decisions", { params, body });
        return true;
      },
      onSuccess,
    }),
    confirm: useMutation({
      mutationFn: async ({ part, facts }) => {
        if (digest === null) return false;
        const given = await presence.ask({ act: "matter-confirm", matterId }, t("act.confirmSentence", { title }));
        if (!given) return false;
        await api("POST /v1/matters/:matterId/confirm", {
          params,
          body: { part, digest, facts, presence: given.presence },
        });
        return true;
      },
      onSuccess,
    }),
    carryOut: useMutation({
      mutationFn: async () => {
        if (digest === null) return false;
        const given = await presence.ask({ act: "matter-carry-out", matterId }, t("act.carryOutSentence", { title }));
        if (!given) return false;
        await api("POST /v1/matters/:matterId/carry-out", { params, body: { digest, presence: given.presence } });
        return true;
      },
      onSuccess,
    }),
    end: useMutation({
      mutationFn: async ({ how, reason }) => {
        const body = { reason };
        if (how === "withdraw") await api("POST /v1/matters/:matterId/withdraw", { params, body });
        else await api("POST /v1/matters/:matterId/cancel", { params, body });
        return true;
      },
      onSuccess,
    }),
    dialog: presence.dialog,
  };
}
