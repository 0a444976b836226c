import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { ActDialog } from "./act-dialog.tsx";
import { refreshSeals, type SealDetail } from "./queries.ts";
import type { SealAct } from "./seal-life.ts";

export interface ActInput {
  readonly act: SealAct;
  readonly reason: string;
  /** The piece that was lost; of no other act. */
  readonly bodyId: string;
}

export interface SealActs {
  /** Begins an act: asks for its reason. */
  readonly begin: (act: SealAct) => void;
  /** Whether it was done; false where the reader turned away from showing that it is him. */
  readonly run: UseMutationResult<boolean, Error, ActInput>;
  /** The act whose dialog is open. */
  readonly dialogAct: SealAct | null;
  /** The act that was just done. */
  readonly done: SealAct | null;
  /** The dialogs; have to be drawn. */
  readonly dialog: ReactElement;
}

/** What a reader may do with a seal, each act with the proof of presence the server wants for it. */
export function useSealActs(seal: SealDetail): SealActs {
  const t = useText("seals");
  const language = useLanguage();
  const queries = useQueryClient();
  const presence = usePresence();
  const [dialogAct, setDialogAct] = useState<SealAct | null>(null);
  const [done, setDone] = useState<SealAct | null>(null);
  const { sealId } = seal;
  const params = { sealId };
  const run = useMutation({
    mutationFn: async ({ act, reason, bodyId }: ActInput): Promise<boolean> => {
      if (act === "report-loss") {
        await api("POST /v1/seals/:sealId/report-loss", { params, body: { bodyId, reason } });
        return true;
      }
      const needed = seal.actions.some((action) => action.act === act && action.needsPresence);
      const given = needed
        ? await presence.ask(
            { act: `seal-${act}`, sealId },
            t(`acts.${act}.sentence`, { number: seal.number, name: nameIn(seal.name, language) }),
          )
        : undefined;
      if (given === null) return false;
      const body = { reason, ...(given ? { presence: given.presence } : {}) };
      if (act === "freeze") await api("POST /v1/seals/:sealId/freeze", { params, body });
      else await api("POST /v1/seals/:sealId/unfreeze", { params, body });
      return true;
    },
    onSuccess: async (carriedOut, { act }) => {
      if (!carriedOut) return;
      await refreshSeals(queries);
      setDialogAct(null);
      setDone(act);
    },
  });
  const begin = (act: SealAct): void => {
    run.reset();
    setDone(null);
    setDialogAct(act);
  };
  return {
    begin,
    run,
    dialogAct,
    done,
    dialog: (
      <>
        {dialogAct !== null && <ActDialog seal={seal} act={dialogAct} run={run} onClose={() => setDialogAct(null)} />}
        {presence.dialog}
      </>
    ),
  };
}
