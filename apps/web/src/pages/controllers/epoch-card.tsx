import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { type Epoch, epochQuery, refreshControllers } from "./queries.ts";

/** The way out of a quarantine, step by step; nothing where the box is in none. */
export function EpochCard({ controllerId }: { controllerId: string }): ReactElement | null {
  const t = useText("controllers");
  const language = useLanguage();
  const moment = useMoment();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(epochQuery(controllerId));
  const [reading, setReading] = useState<"first" | "second" | null>(null);
  const decline = useMutation({
    mutationFn: (resetId: string) =>
      api("POST /v1/controllers/:controllerId/epoch-decision", {
        params: { controllerId },
        body: { resetId, confirm: false, readings: [] },
      }),
    onSuccess: () => refreshControllers(queries),
  });
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data?.quarantined) return null;
  const { reset } = data;
  return (
    <section className="card" aria-labelledby="controller-epoch">
      <header>
        <h2 id="controller-epoch">{t("epoch.title")}</h2>
      </header>
      <div className="card-body stack">
        <p>{data.quarantined.says[language]}</p>
        <p className="note">{data.quarantined.todo[language]}</p>
        <ol className="stack stack-tight">
          <li>{t(data.incidentOpen ? "epoch.incidentOpen" : "epoch.incidentClosed")}</li>
          <li>
            {reset
              ? t("epoch.asked", {
                  name: reset.askedBy ? nameIn(reset.askedBy.name, language) : "",
                  at: moment(reset.askedAt),
                  reason: reset.reason,
                })
              : t("epoch.firstReads")}
          </li>
          <li>
            {reset?.agreedBy
              ? t("epoch.agreed", { name: nameIn(reset.agreedBy.name, language) })
              : t("epoch.secondReads")}
          </li>
          <li>{t(reset?.order ? `epoch.order.${reset.order}` : "epoch.atBox")}</li>
        </ol>
        {reset?.refusals.map((one) => (
          <p key={one.code}>{one.sentence[language]}</p>
        ))}
        <ErrorPanel error={decline.error} />
        <div className="row">
          {data.mayAsk && (
            <Button type="primary" onClick={() => setReading("first")}>
              {t(reset ? "epoch.again" : "epoch.ask")}
            </Button>
          )}
          {reset?.mayAgree && (
            <Button type="primary" onClick={() => setReading("second")}>
              {t("epoch.agree")}
            </Button>
          )}
          {reset?.mayDecline && (
            <Button loading={decline.isPending} onClick={() => decline.mutate(reset.resetId)}>
              {t("epoch.decline")}
            </Button>
          )}
        </div>
      </div>
      {reading && (
        <ReadingDialog controllerId={controllerId} epoch={data} turn={reading} onClose={() => setReading(null)} />
      )}
    </section>
  );
}

/** Each reads the counters himself, off the box: nobody is shown a number here. */
function ReadingDialog(props: {
  controllerId: string;
  epoch: Epoch;
  turn: "first" | "second";
  onClose: () => void;
}): ReactElement {
  const { controllerId, epoch, turn } = props;
  const t = useText("controllers");
  const queries = useQueryClient();
  const [values, setValues] = useState<readonly string[]>(Array.from({ length: epoch.slots }, () => ""));
  const [reason, setReason] = useState("");
  const readings = values.map(Number);
  const send = useMutation({
    mutationFn: async () => {
      const params = { controllerId };
      if (turn === "first")
        await api("POST /v1/controllers/:controllerId/epoch", { params, body: { readings, reason } });
      else
        await api("POST /v1/controllers/:controllerId/epoch-decision", {
          params,
          body: { resetId: epoch.reset?.resetId ?? "", confirm: true, readings },
        });
    },
    onSuccess: async () => {
      await refreshControllers(queries);
      props.onClose();
    },
  });
  const gaps = useGaps<string>({
    ...Object.fromEntries(
      values.map((one, slot) => [`slot${slot}`, !/^\d{1,9}$/.test(one.trim()) && t("epoch.readingWrong")]),
    ),
    reason: turn === "first" && reason.trim() === "" && "missing",
  });
  return (
    <DialogForm
      title={t(turn === "second" ? "epoch.agree" : epoch.reset ? "epoch.again" : "epoch.ask")}
      send={t(turn === "first" ? "epoch.sendFirst" : "epoch.sendSecond")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <p>{t("epoch.lead")}</p>
      {values.map((value, slot) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its number.
          key={slot}
          label={t("epoch.counter", { slot })}
          problem={gaps.problem(`slot${slot}`)}
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              maxLength={9}
              value={value}
              onChange={(event) => setValues(values.map((one, at) => (at === slot ? event.target.value : one)))}
            />
          )}
        </Field>
      ))}
      {turn === "first" && (
        <Field label={t("epoch.reason")} hint={t("epoch.reasonHint")} problem={gaps.problem("reason")}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      )}
    </DialogForm>
  );
}
