import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FactLines } from "../../parts/fact-lines.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { type Step, StepBar } from "../../parts/step-bar.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { PairingCodeDialog } from "./pairing-code-dialog.tsx";
import { type Controller, type PairingMade, refreshControllers } from "./queries.ts";

type Pairing = NonNullable<Controller["pairing"]>;
type Done = (what: "enrolled" | "declined") => void;

/** How far an enrolment is, and what the reader may do about it. */
export function EnrolmentCard(props: { controller: Controller; pairing: Pairing; onDone: Done }): ReactElement {
  const { controller, pairing } = props;
  const t = useText("controllers");
  const language = useLanguage();
  const moment = useMoment();
  const by = pairing.by ? nameIn(pairing.by.name, language) : "";
  return (
    <section className="card" aria-labelledby="enrolment-title">
      <header>
        <h2 id="enrolment-title">{t("pairing.title")}</h2>
      </header>
      <div className="card-body stack">
        <StepBar label={t("steps.label")} steps={listSteps(pairing, t)} />
        {pairing.over ? (
          <Message tone="warning" title={t("pairing.over")} />
        ) : (
          pairing.presented === null && (
            <p>{t("pairing.waitsForBox", { name: by, at: moment(pairing.expiresAt), left: pairing.triesLeft })}</p>
          )
        )}
        {pairing.presented && (
          <div className="stack stack-tight">
            <h3>{t("pairing.presented")}</h3>
            <FactLines
              lines={[
                [t("pairing.presentedAt"), moment(pairing.presented.at)],
                [t("pairing.model"), pairing.presented.model],
                [t("pairing.firmware"), pairing.presented.firmware],
                [t("pairing.counters"), pairing.presented.counters.join(", ")],
              ]}
            />
          </div>
        )}
        {pairing.presented && !pairing.over && controller.mayConfirm && (
          <ConfirmForm
            controllerId={controller.controllerId}
            left={pairing.presented.comparisonsLeft}
            onDone={() => props.onDone("enrolled")}
          />
        )}
        {pairing.presented && controller.mayManage && !controller.mayConfirm && (
          <p className="note">{t("pairing.notYou")}</p>
        )}
        {controller.mayManage && <PairingActs {...props} />}
      </div>
    </section>
  );
}

function listSteps(pairing: Pairing, t: ReturnType<typeof useText<"controllers">>): Step[] {
  const at = pairing.over ? 0 : pairing.presented ? 2 : 1;
  return (["code", "box", "second", "enrolled"] as const).map((key, index) => ({
    ...{ key, title: t(`steps.${key}`) },
    state: index < at ? "done" : index === at ? "now" : "todo",
  }));
}

function PairingActs(props: { controller: Controller; pairing: Pairing; onDone: Done }): ReactElement {
  const t = useText("controllers");
  const queries = useQueryClient();
  const { controllerId } = props.controller;
  const [made, setMade] = useState<PairingMade | null>(null);
  const [declining, setDeclining] = useState(false);
  const renew = useMutation({
    mutationFn: () => api("POST /v1/controllers/:controllerId/pairing-code", { params: { controllerId } }),
    onSuccess: async (pairing) => {
      setMade(pairing);
      await refreshControllers(queries);
    },
  });
  const decline = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/controllers/:controllerId/refusal", { params: { controllerId }, body: { reason } }),
    onSuccess: async () => {
      setDeclining(false);
      props.onDone("declined");
      await refreshControllers(queries);
    },
  });
  return (
    <>
      <div className="row">
        <Button loading={renew.isPending} onClick={() => renew.mutate()}>
          {t("pairing.renew")}
        </Button>
        {props.pairing.presented && <Button onClick={() => setDeclining(true)}>{t("pairing.decline")}</Button>}
      </div>
      <ErrorPanel error={renew.error} />
      {made && <PairingCodeDialog made={made} onClose={() => setMade(null)} />}
      {declining && (
        <ReasonDialog
          title={t("pairing.declineTitle")}
          what={t("pairing.declineWhat")}
          label={t("pairing.why")}
          missing={t("pairing.whyMissing")}
          most={1000}
          give={t("pairing.decline")}
          danger
          busy={decline.isPending}
          error={decline.error}
          onGive={(reason) => decline.mutate(reason)}
          onClose={() => setDeclining(false)}
        />
      )}
    </>
  );
}

/** The second person types what stands on the box; it is compared by the server, which never shows it. */
function ConfirmForm(props: { controllerId: string; left: number; onDone: () => void }): ReactElement {
  const t = useText("controllers");
  const queries = useQueryClient();
  const [digits, setDigits] = useState("");
  const typed = digits.replaceAll(/\D/g, "");
  const confirm = useMutation({
    mutationFn: () =>
      api("POST /v1/controllers/:controllerId/confirmation", {
        params: { controllerId: props.controllerId },
        body: { comparisonCode: typed },
      }),
    onSuccess: () => props.onDone(),
    onSettled: async () => {
      setDigits("");
      await refreshControllers(queries);
    },
  });
  const gaps = useGaps({ digits: typed.length !== 6 && t("confirm.wrong") });
  return (
    <form ref={gaps.ref} className="stack confirm-digits" noValidate onSubmit={gaps.press(() => confirm.mutate())}>
      <h3>{t("confirm.title")}</h3>
      <p>{t("confirm.lead")}</p>
      <Field label={t("confirm.label")} hint={t("confirm.left", { left: props.left })} problem={gaps.problem("digits")}>
        {(control) => (
          <TextInput
            {...control}
            className="digits mono"
            inputMode="numeric"
            autoComplete="off"
            maxLength={7}
            value={digits}
            onChange={(event) => setDigits(event.target.value)}
          />
        )}
      </Field>
      <ErrorPanel error={confirm.error} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t("confirm.send")}
        </Button>
      </div>
    </form>
  );
}
