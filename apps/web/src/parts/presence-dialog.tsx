import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, type ReactNode, useState } from "react";
import { api, type CallOptions, type RouteAnswer } from "../api.ts";
import { useText } from "../i18n/i18n.ts";
import { useMoment } from "../i18n/use-format.ts";
import { Dialog } from "./dialog.tsx";
import { ErrorPanel } from "./error-panel.tsx";
import { Field } from "./field.tsx";
import { Message } from "./message.tsx";
import { LinesSkeleton } from "./skeletons.tsx";
import { TextInput } from "./text-input.tsx";

/** The act a proof of presence is asked for, as the server wants to know it. */
export type PresenceAct = CallOptions<"POST /v1/step-ups">["body"];
export type StepUp = RouteAnswer<"POST /v1/step-ups">;
/** The proof that goes with the act itself; it holds once, for the digest it was asked for. */
export type Presence = CallOptions<"POST /v1/seal-use-requests/:requestId/release">["body"]["presence"];

interface Asked {
  readonly stepUp: StepUp;
  readonly what: ReactNode;
  readonly answer: (given: { presence: Presence; digest: string } | null) => void;
}

/**
 * Asks the reader to show that it is him, by passkey or password; in the sample by a click that says what it is.
 * `ask(act, what)` answers with the proof and the digest it is bound to, or null if he turned away. `dialog` has to be
 * drawn. Errors of the server are thrown by `ask`.
 */
export function usePresence(): {
  ask: (act: PresenceAct, what: ReactNode) => Promise<{ presence: Presence; digest: string } | null>;
  dialog: ReactElement | null;
} {
  const [asked, setAsked] = useState<Asked | null>(null);
  return {
    ask: async (act, what) => {
      const stepUp = await api("POST /v1/step-ups", { body: act });
      return new Promise((resolve) => {
        setAsked({
          stepUp,
          what,
          answer: (given) => {
            setAsked(null);
            resolve(given);
          },
        });
      });
    },
    dialog: asked && <PresenceDialog asked={asked} />,
  };
}

function PresenceDialog(props: { asked: Asked }): ReactElement {
  const t = useText("parts");
  const moment = useMoment();
  const { stepUp, what, answer } = props.asked;
  const [password, setPassword] = useState("");
  const give = (proof: Presence["proof"]): void =>
    answer({ presence: { stepUpId: stepUp.stepUpId, proof }, digest: stepUp.digest });
  const passkey = useMutation({
    mutationFn: async () => {
      const { askPasskey } = await import("../passkey.ts");
      return askPasskey(stepUp.passkeyOptions ?? {});
    },
    onSuccess: (response) => {
      if (response) give({ method: "passkey", response });
    },
  });
  const may = (method: StepUp["methods"][number]): boolean => stepUp.methods.includes(method);
  return (
    <Dialog title={t("presence.title")} onClose={() => answer(null)}>
      <div>{what}</div>
      <div className="bound">
        <p className="note small">{t("presence.bound")}</p>
        <p className="mono digest">{stepUp.digest}</p>
        <p className="note small">{t("presence.expires", { at: moment(stepUp.expiresAt) })}</p>
      </div>
      {stepUp.methods.length === 0 && <Message tone="warning" title={t("presence.none")} />}
      {may("passkey") && stepUp.passkeyOptions && (
        <Button type="primary" size="large" block loading={passkey.isPending} onClick={() => passkey.mutate()}>
          {t("presence.passkey")}
        </Button>
      )}
      <div aria-live="polite">
        {passkey.isPending && <LinesSkeleton lines={1} />}
        {passkey.data === null && <Message tone="warning" title={t("presence.passkeyEnded")} />}
      </div>
      <ErrorPanel error={passkey.error} />
      {may("password") && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (password) give({ method: "password", password });
          }}
        >
          <Field label={t("presence.password")}>
            {(control) => (
              <TextInput
                {...control}
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <Button htmlType="submit" block disabled={password === ""}>
            {t("presence.passwordUse")}
          </Button>
        </form>
      )}
      {may("sample") && (
        <div className="stack">
          <Message tone="warning" title={t("presence.sampleWhy")} />
          <Button type="primary" size="large" block onClick={() => give({ method: "sample" })}>
            {t("presence.sample")}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
