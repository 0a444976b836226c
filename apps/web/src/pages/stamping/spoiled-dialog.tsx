import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Field } from "../../parts/field.tsx";
import { TextLines } from "../../parts/text-input.tsx";
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
      <Field label={t("reason.spoiled.label")}>
        {(control) => (
          <TextLines
            {...control}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <CameraButton onPhoto={(photo) => props.onTaken(reason.trim(), photo)}>{t("reason.spoiled.give")}</CameraButton>
    </Dialog>
  );
}
