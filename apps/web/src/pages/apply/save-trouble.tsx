import { Button } from "antd";
import { type ReactElement, useEffect, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { useApply } from "./apply-context.ts";

/** What stands in the way of saving, and the ways out. While all is well there is nothing to be seen. */
export function SaveTroubleMessage(): ReactElement {
  const { saving, store } = useApply();
  const t = useText("apply");
  const [busy, setBusy] = useState(false);
  const [thrown, setThrown] = useState<unknown>(null);
  const away = saving.kind === "unreachable";
  // The browser knows first that the connection is back.
  useEffect(() => {
    if (!away) return;
    const again = (): void => void store.flush();
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, [away, store]);
  const act = (way: () => Promise<unknown>): void => {
    setBusy(true);
    way()
      .then(() => setThrown(null), setThrown)
      .finally(() => setBusy(false));
  };
  return (
    <div aria-live="polite" className="save-trouble">
      {saving.kind === "unreachable" && (
        <Message
          tone="warning"
          title={t("trouble.unreachable")}
          action={
            <Button size="small" onClick={() => act(store.flush)}>
              {t("trouble.again")}
            </Button>
          }
        >
          <p>{t("trouble.unreachableWhy")}</p>
        </Message>
      )}
      {saving.kind === "conflict" && (
        <Message
          tone="problem"
          title={t("trouble.conflict")}
          action={
            <div className="row">
              <Button size="small" loading={busy} onClick={() => act(store.takeTheirs)}>
                {t("trouble.takeTheirs")}
              </Button>
              <Button size="small" loading={busy} onClick={() => act(store.keepMine)}>
                {t("trouble.keepMine")}
              </Button>
            </div>
          }
        >
          <p>{t("trouble.conflictWhy")}</p>
        </Message>
      )}
      {saving.kind === "refused" && <ErrorPanel error={saving.thrown} onRetry={() => act(store.retry)} />}
      <ErrorPanel error={thrown} />
    </div>
  );
}
