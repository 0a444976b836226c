import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { CameraButton } from "./camera-button.tsx";

/** A sheet that was spoiled: what is wrong with it, and its photo, which says so. */
export function SpoiledDialog(props: {
  nth: number;
  onTaken: (reason: string, photo: File) => void;
  onClose: () => void;
}): ReactElement {
  const t = useText("stamping");
  const [reason, setReason] = useState("");
  return (
    <Dialog title={t("reason.spoiled.title", { nth: props.nth })} onClose={props.onClose}>
      <p>{t("reason.spoiled.what")}</p>
      <ReasonField label={t("reason.spoiled.label")} rows={2} value={reason} onChange={setReason} />
      <CameraButton onPhoto={(photo) => props.onTaken(reason.trim(), photo)}>{t("reason.spoiled.give")}</CameraButton>
    </Dialog>
  );
}
