import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";

export type Reasoned = "reject" | "return" | "withdraw" | "cancel";

/** Asks why, before a matter is rejected, returned, withdrawn or ended; others read the answer. */
export function MatterReasonDialog(props: {
  act: Reasoned;
  busy: boolean;
  error: unknown;
  onGive: (reason: string) => void;
  onClose: () => void;
}): ReactElement {
  const { act, ...rest } = props;
  const t = useText("matters");
  const parts = useText("parts");
  return (
    <ReasonDialog
      {...rest}
      title={t(`act.${act}`)}
      what={t(`act.what.${act}`)}
      label={t(`act.why.${act}`)}
      hint={t("act.whyHint")}
      {...(act === "withdraw" ? {} : { missing: parts("whyMissing") })}
      most={act === "reject" || act === "return" ? 2000 : 500}
      give={t(`act.now.${act}`)}
      danger={act !== "return"}
    />
  );
}
