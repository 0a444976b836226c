import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Message } from "../../parts/message.tsx";
import { prover } from "../../proof/browser-prover.ts";
import { faultKindOf } from "../../proof/fault-kind.ts";
import type { NewestCheckpoint } from "../../proof/prover.ts";

/** Says it loudly where the ledger does not continue what this browser has seen, and keeps both sides as evidence. */
export function AlarmPanel(props: { newest: NewestCheckpoint | undefined; onChange: () => void }): ReactElement | null {
  const { newest } = props;
  const t = useText("ledger");
  const moment = useMoment();
  const [forgetting, setForgetting] = useState(false);
  if (newest === undefined) return null;
  const known = prover.recall();
  const conflict = known?.conflict ?? null;
  if (newest.state !== "fails")
    return known && conflict ? (
      <Message
        tone="warning"
        title={t("alarm.past", { at: moment(conflict.at) })}
        action={
          <div className="row">
            <SaveBoth old={{ key: known.key, note: known.note }} other={{ key: conflict.key, note: conflict.note }} />
            <Button
              size="small"
              onClick={() => {
                prover.dismissConflict();
                props.onChange();
              }}
            >
              {t("alarm.dismiss")}
            </Button>
          </div>
        }
      />
    ) : null;
  const kind = faultKindOf(newest.code);
  const facts = {
    since: known ? moment(known.keySince) : "–",
    seen: known ? moment(known.seenAt) : "–",
    size: known?.size ?? 0,
  };
  const why =
    kind === "key" || kind === "shrunk" || kind === "rewritten"
      ? t(`alarm.${kind}`, facts)
      : known
        ? t("alarm.signature", facts)
        : t("proof.faults.path");
  return (
    <div role="alert" className="alarm">
      <Message
        tone="problem"
        title={t("alarm.title")}
        action={
          <div className="row">
            {known && (
              <SaveBoth old={{ key: known.key, note: known.note }} other={{ key: newest.vkey, note: newest.note }} />
            )}
            {kind === "key" && (
              <Button size="small" danger onClick={() => setForgetting(true)}>
                {t("alarm.forget")}
              </Button>
            )}
          </div>
        }
      >
        <p>{why}</p>
        <p>{t("alarm.do")}</p>
        <p className="mono small">{t("proof.code", { code: newest.code })}</p>
      </Message>
      {forgetting && (
        <Dialog
          title={t("alarm.forgetTitle")}
          onClose={() => setForgetting(false)}
          actions={
            <Button
              danger
              onClick={() => {
                prover.forget();
                setForgetting(false);
                props.onChange();
              }}
            >
              {t("alarm.forget")}
            </Button>
          }
        >
          <p>{t("alarm.forgetWhy")}</p>
          <p className="mono digest">{newest.vkey}</p>
        </Dialog>
      )}
    </div>
  );
}

interface Side {
  readonly key: string;
  readonly note: string;
}

function SaveBoth(props: { old: Side; other: Side }): ReactElement {
  const t = useText("ledger");
  const address = ({ key, note }: Side): string =>
    `data:text/plain;charset=utf-8,${encodeURIComponent(`${key}\n\n${note}`)}`;
  return (
    <>
      <a className="small-button" href={address(props.old)} download="checkpoint-seen.txt">
        {t("alarm.keepOld")}
      </a>
      <a className="small-button" href={address(props.other)} download="checkpoint-unfit.txt">
        {t("alarm.keepNew")}
      </a>
    </>
  );
}
