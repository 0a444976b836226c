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
  readonly typedNumber: string;
}

export interface SealActs {
  /** Begins an act: asks for its reason where it has one, else carries it out. */
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
    mutationFn: async ({ act, reason, typedNumber }: ActInput): Promise<boolean> => {
      const proof = async () =>
        presence.ask(
          { act: `seal-${act}`, sealId },
          t(`acts.${act}.sentence`, { number: seal.number, name: nameIn(seal.name, language) }),
        );
      const needed = seal.actions.some((action) => action.act === act && action.needsPresence);
      const given = needed || act === "stop" ? await proof() : undefined;
      if (given === null) return false;
      const shown = given ? { presence: given.presence } : {};
      switch (act) {
        case "freeze":
          await api("POST /v1/seals/:sealId/freeze", { params, body: { reason, ...shown } });
          break;
        case "unfreeze":
          await api("POST /v1/seals/:sealId/unfreeze", { params, body: { reason, ...shown } });
          break;
        case "stop":
          if (!given) return false;
          await api("POST /v1/seals/:sealId/stop", {
            params,
            body: { reason, typedNumber, presence: given.presence },
          });
          break;
        case "put-in-use":
          await api("POST /v1/seals/:sealId/put-in-use", { params, body: shown });
          break;
      }
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
    if (act === "put-in-use") run.mutate({ act, reason: "", typedNumber: "" });
    else setDialogAct(act);
  };
  return {
    begin,
    run,
    dialogAct,
    done,
    dialog: (
      <>
        {dialogAct !== null && dialogAct !== "put-in-use" && (
          <ActDialog seal={seal} act={dialogAct} run={run} onClose={() => setDialogAct(null)} />
        )}
        {presence.dialog}
      </>
    ),
  };
}
