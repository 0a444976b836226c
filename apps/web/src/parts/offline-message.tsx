import { useMutationState } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { Message } from "./message.tsx";

/** Said at once where an act was given while there is no connection: it waits in this window and goes on by itself. */
export function OfflineMessage(): ReactElement | null {
  const t = useText("parts");
  const paused = useMutationState({ filters: { predicate: ({ state }) => state.isPaused }, select: () => true });
  if (paused.length === 0) return null;
  return (
    <Message tone="warning" live="alert" title={t("offline.title")}>
      {t("offline.why")}
    </Message>
  );
}
