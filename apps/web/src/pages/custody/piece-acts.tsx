import LockOutlined from "@ant-design/icons/LockOutlined";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { containersQuery, type PieceInCustody, refreshCustody } from "./queries.ts";

/** One tap where the container is known; else it is chosen first. */
export function LockAway(props: { piece: PieceInCustody }): ReactElement {
  const { piece } = props;
  const t = useText("custody");
  const language = useLanguage();
  const queries = useQueryClient();
  const [choosing, setChoosing] = useState(false);
  const [chosen, setChosen] = useState("");
  const { data: containers } = useQuery({ ...containersQuery, enabled: choosing });
  const lockAway = useMutation({
    mutationFn: (containerId: string | null) =>
      api("POST /v1/custody/bodies/:bodyId/lock-away", { params: { bodyId: piece.bodyId }, body: { containerId } }),
    onSuccess: async () => {
      setChoosing(false);
      await refreshCustody(queries);
    },
  });
  const gaps = useGaps({ container: chosen === "" && "choose" });
  const known = piece.lastContainer;
  return (
    <>
      {!choosing && <ErrorPanel error={lockAway.error} />}
      <Button
        type="primary"
        icon={<LockOutlined aria-hidden />}
        loading={lockAway.isPending}
        onClick={() => (known ? lockAway.mutate(null) : setChoosing(true))}
      >
        {known ? t("mine.lockAwayIn", { name: nameIn(known.name, language) }) : t("mine.lockAway")}
      </Button>
      {choosing && (
        <Dialog
          title={t("mine.lockAway")}
          onClose={() => setChoosing(false)}
          actions={
            <Button type="primary" loading={lockAway.isPending} onClick={gaps.press(() => lockAway.mutate(chosen))}>
              {t("mine.lockAway")}
            </Button>
          }
        >
          <div ref={gaps.ref}>
            <Field label={t("mine.chooseContainer")} problem={gaps.problem("container")}>
              {(control) => (
                <select
                  {...control}
                  className="native-select"
                  value={chosen}
                  onChange={(event) => setChosen(event.target.value)}
                >
                  <option value="">{t("handover.choose")}</option>
                  {containers?.items
                    .filter((one) => one.closedAt === null)
                    .map((one) => (
                      <option key={one.containerId} value={one.containerId}>
                        {nameIn(one.name, language)}
                      </option>
                    ))}
                </select>
              )}
            </Field>
          </div>
          <ErrorPanel error={lockAway.error} />
        </Dialog>
      )}
    </>
  );
}

/** Out of its container, with the reason; what it is wanted for may be given. */
export function BringOut(props: { piece: PieceInCustody; reason?: string }): ReactElement {
  const { piece } = props;
  const t = useText("custody");
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState(props.reason ?? "");
  const bringOut = useMutation({
    mutationFn: () =>
      api("POST /v1/custody/bodies/:bodyId/bring-out", { params: { bodyId: piece.bodyId }, body: { reason } }),
    onSuccess: async () => {
      setAsking(false);
      await refreshCustody(queries);
    },
  });
  const gaps = useGaps({ reason: reason.trim() === "" && "missing" });
  return (
    <>
      {bringOut.data?.out === false && <Message tone="action" live title={t("mine.bringOutWaits")} />}
      <Button onClick={() => setAsking(true)}>{t("mine.bringOut")}</Button>
      {asking && (
        <Dialog
          title={t("mine.bringOut")}
          onClose={() => setAsking(false)}
          actions={
            <Button type="primary" loading={bringOut.isPending} onClick={gaps.press(() => bringOut.mutate())}>
              {t("mine.bringOut")}
            </Button>
          }
        >
          <div ref={gaps.ref}>
            <Field label={t("mine.bringOutWhy")} hint={t("mine.bringOutHint")} problem={gaps.problem("reason")}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={300}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          </div>
          <ErrorPanel error={bringOut.error} />
        </Dialog>
      )}
    </>
  );
}
