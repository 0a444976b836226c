import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import type { Leaving } from "./wizard.tsx";

/** Asks before something is lost that could not be saved; with everything saved nobody is asked. */
export function LeaveDialog(props: { leaving: Leaving }): ReactElement | null {
  const { blocker } = props.leaving;
  const t = useText("apply");
  if (blocker.status !== "blocked") return null;
  return (
    <Dialog
      title={t("leave.title")}
      onClose={blocker.reset}
      actions={
        <>
          <Button
            danger
            onClick={() => {
              props.leaving.now.current = true;
              blocker.proceed();
            }}
          >
            {t("leave.go")}
          </Button>
          <Button type="primary" onClick={blocker.reset}>
            {t("leave.stay")}
          </Button>
        </>
      }
    >
      <p>{t("leave.why")}</p>
    </Dialog>
  );
}
