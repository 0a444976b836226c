import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { PASSWORD_LENGTH } from "./setup.ts";

/** Changing one's own password. */
export function PasswordCard(): ReactElement {
  const t = useText("identity");
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () => api("POST /v1/session/password", { body: { current, next } }),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      setTried(false);
    },
  });
  const short = next.length < PASSWORD_LENGTH;
  return (
    <section className="card" aria-label={t("password.title")}>
      <header>
        <h2>{t("password.title")}</h2>
      </header>
      <form
        className="card-body stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!short && current) change.mutate();
        }}
      >
        <div className="field-pair">
          <Field label={t("password.current")} problem={tried && !current ? t("password.currentMissing") : undefined}>
            {(control) => (
              <TextInput
                {...control}
                type="password"
                autoComplete="current-password"
                value={current}
                onChange={(event) => setCurrent(event.target.value)}
              />
            )}
          </Field>
          <Field
            label={t("password.new")}
            hint={t("password.hint", { count: PASSWORD_LENGTH })}
            problem={tried && short ? t("password.short", { count: PASSWORD_LENGTH }) : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                type="password"
                autoComplete="new-password"
                value={next}
                onChange={(event) => setNext(event.target.value)}
              />
            )}
          </Field>
        </div>
        {change.isSuccess && <Message tone="success" title={t("password.changed")} live />}
        <ErrorPanel error={change.error} />
        <div>
          <Button htmlType="submit" loading={change.isPending}>
            {t("password.change")}
          </Button>
        </div>
      </form>
    </section>
  );
}
