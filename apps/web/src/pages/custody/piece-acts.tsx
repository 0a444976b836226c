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
import { matterKindsQuery } from "../matters/queries.ts";
import { containersQuery, type PieceInCustody, refreshCustody } from "./queries.ts";

/** One tap where the container is known and no stamping is open; else it is asked first. */
export function LockAway(props: { piece: PieceInCustody }): ReactElement {
  const { piece } = props;
  const t = useText("custody");
  const language = useLanguage();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [chosen, setChosen] = useState("");
  const [reason, setReason] = useState("");
  const known = piece.lastContainer;
  const left = piece.stampings.filter(({ begun }) => begun);
  const isEarly = left.length > 0;
  const { data: containers } = useQuery({ ...containersQuery, enabled: asking && !known });
  const lockAway = useMutation({
    mutationFn: () =>
      api("POST /v1/custody/bodies/:bodyId/lock-away", {
        params: { bodyId: piece.bodyId },
        body: { containerId: known ? null : chosen, reason },
      }),
    onSuccess: async () => {
      setAsking(false);
      await refreshCustody(queries);
    },
  });
  const gaps = useGaps({
    container: !known && chosen === "" && "choose",
    reason: isEarly && reason.trim() === "" && "missing",
  });
  return (
    <>
      {!asking && <ErrorPanel error={lockAway.error} />}
      <Button
        type="primary"
        icon={<LockOutlined aria-hidden />}
        loading={lockAway.isPending}
        onClick={() => (known && !isEarly ? lockAway.mutate() : setAsking(true))}
      >
        {known ? t("mine.lockAwayIn", { name: nameIn(known.name, language) }) : t("mine.lockAway")}
      </Button>
      {asking && (
        <Dialog
          title={t("mine.lockAway")}
          onClose={() => setAsking(false)}
          actions={
            <Button type="primary" loading={lockAway.isPending} onClick={gaps.press(() => lockAway.mutate())}>
              {isEarly ? t("mine.putAway") : t("mine.lockAway")}
            </Button>
          }
        >
          {left.map(({ requestId, number, open, total }) => (
            <Message key={requestId} tone="action" title={t("mine.putAwayOpen", { number, open, total })} />
          ))}
          <div ref={gaps.ref} className="stack">
            {!known && (
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
            )}
            {isEarly && (
              <Field label={t("mine.putAwayWhy")} hint={t("mine.putAwayNote")} problem={gaps.problem("reason")}>
                {(control) => (
                  <TextInput
                    {...control}
                    maxLength={300}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                )}
              </Field>
            )}
          </div>
          <ErrorPanel error={lockAway.error} />
        </Dialog>
      )}
    </>
  );
}

interface Choice {
  readonly purpose: "stamping" | "matter" | "check" | "other";
  readonly aboutId: string | null;
  readonly words: string;
}

/** What there is to bring it out for; something else comes last. */
function useChoices(piece: PieceInCustody): readonly Choice[] {
  const t = useText("custody");
  const language = useLanguage();
  const { data: kinds } = useQuery({ ...matterKindsQuery, enabled: piece.underWay.length > 0 });
  const kindOf = (kind: string): string => {
    const name = kinds?.items.find((one) => one.kind === kind)?.name;
    return name ? nameIn(name, language) : "";
  };
  return [
    ...piece.stampings
      .filter(({ released }) => released)
      .map(({ requestId, number, title }) => ({
        ...{ purpose: "stamping" as const, aboutId: requestId },
        words: t("mine.bringOutStamping", { number, title }),
      })),
    ...piece.underWay
      .filter(({ state }) => state === "in-review" || state === "approved")
      .map(({ matterId, number, kind }) => ({
        ...{ purpose: "matter" as const, aboutId: matterId },
        words: t("mine.bringOutMatter", { kind: kindOf(kind), number: number ?? "" }),
      })),
    ...piece.checks.map(({ checkId, kind }) => ({
      ...{ purpose: "check" as const, aboutId: checkId },
      words: t(`mine.bringOutCheck.${kind}`),
    })),
    { purpose: "other", aboutId: null, words: t("mine.bringOutOther") },
  ];
}

/** Out of its container for a request, a matter or a check; for something else with a reason, which is told. */
export function BringOut(props: { piece: PieceInCustody; requestId?: string }): ReactElement {
  const { piece } = props;
  const t = useText("custody");
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const choices = useChoices(piece);
  const wanted = chosen ?? props.requestId ?? null;
  const choice = choices.find(({ purpose, aboutId }) => (aboutId ?? purpose) === wanted) ?? choices[0];
  const isOther = choice?.purpose === "other";
  const bringOut = useMutation({
    mutationFn: () =>
      api("POST /v1/custody/bodies/:bodyId/bring-out", {
        params: { bodyId: piece.bodyId },
        body: { purpose: choice?.purpose ?? "other", aboutId: choice?.aboutId ?? null, reason: isOther ? reason : "" },
      }),
    onSuccess: async () => {
      setAsking(false);
      await refreshCustody(queries);
    },
  });
  const gaps = useGaps({ reason: isOther && reason.trim() === "" && "missing" });
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
          <div ref={gaps.ref} className="stack">
            <Field label={t("mine.bringOutFor")}>
              {(control) => (
                <select
                  {...control}
                  className="native-select"
                  value={choice ? (choice.aboutId ?? choice.purpose) : ""}
                  onChange={(event) => setChosen(event.target.value)}
                >
                  {choices.map(({ purpose, aboutId, words }) => (
                    <option key={aboutId ?? purpose} value={aboutId ?? purpose}>
                      {words}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            {isOther && (
              <Field label={t("mine.bringOutWhy")} hint={t("mine.bringOutOtherNote")} problem={gaps.problem("reason")}>
                {(control) => (
                  <TextInput
                    {...control}
                    maxLength={300}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                )}
              </Field>
            )}
          </div>
          <ErrorPanel error={bringOut.error} />
        </Dialog>
      )}
    </>
  );
}
