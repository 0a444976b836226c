import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useClock } from "../../i18n/use-format.ts";
import { CodeSquare } from "../../parts/code-square.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Message } from "../../parts/message.tsx";
import type { PairingMade } from "./queries.ts";

/** The pairing code, shown this once: large enough to be read across to the box. */
export function PairingCodeDialog(props: { made: PairingMade; onClose: () => void }): ReactElement {
  const t = useText("controllers");
  const clock = useClock();
  const { pairingCode, expiresAt } = props.made;
  return (
    <Dialog
      title={t("code.title")}
      onClose={props.onClose}
      actions={
        <Button type="primary" onClick={props.onClose}>
          {t("code.done")}
        </Button>
      }
    >
      <p className="pairing-code mono" role="img" aria-label={`${t("code.label")}: ${[...pairingCode].join(" ")}`}>
        {`${pairingCode.slice(0, 5)}-${pairingCode.slice(5)}`}
      </p>
      <p className="note">{t("code.until", { at: clock(expiresAt) })}</p>
      <div className="pairing-square">
        <CodeSquare text={pairingCode} label={t("code.scan")} />
        <p className="note small">{t("code.scan")}</p>
      </div>
      <Message tone="warning" title={t("code.shownOnce")} />
      <p>{t("code.next")}</p>
    </Dialog>
  );
}
