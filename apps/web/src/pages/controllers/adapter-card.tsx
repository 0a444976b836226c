import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { type Controller, refreshControllers } from "./queries.ts";

/** By what way a controller is reached, and what that way cannot do. */
export function AdapterCard({ controller }: { controller: Controller }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const { adapter } = controller;
  return (
    <section className="card" aria-labelledby="controller-adapter">
      <header>
        <h2 id="controller-adapter">{t(`adapter.kinds.${adapter.kind}`)}</h2>
      </header>
      <div className="card-body stack stack-tight">
        <p>{t(`adapter.what.${adapter.kind}`, { cloud: adapter.cloud ? nameIn(adapter.cloud.name, language) : "" })}</p>
        <h3>{t("adapter.cannot")}</h3>
        <ul>
          {adapter.missing.map((cap) => (
            <li key={cap}>{t(`adapter.missing.${cap}`)}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** The second person reads the number from the plate and types it; it is shown here to nobody until then. */
export function PlateCard(props: { controller: Controller; left: number; onDone: () => void }): ReactElement {
  const { controller, left } = props;
  const t = useText("controllers");
  return (
    <section className="card" aria-labelledby="plate-title">
      <header>
        <h2 id="plate-title">{t("plate.title")}</h2>
      </header>
      <div className="card-body stack">
        {controller.mayConfirm ? (
          <PlateForm controllerId={controller.controllerId} left={left} onDone={props.onDone} />
        ) : (
          <p className="note">{t("plate.notYou")}</p>
        )}
      </div>
    </section>
  );
}

function PlateForm(props: { controllerId: string; left: number; onDone: () => void }): ReactElement {
  const t = useText("controllers");
  const queries = useQueryClient();
  const [number, setNumber] = useState("");
  const confirm = useMutation({
    mutationFn: () =>
      api("POST /v1/vendor-controllers/:controllerId/confirmation", {
        params: { controllerId: props.controllerId },
        body: { deviceNo: number.trim() },
      }),
    onSuccess: () => props.onDone(),
    onSettled: () => refreshControllers(queries),
  });
  const gaps = useGaps({ number: number.trim() === "" && "missing" });
  return (
    <form ref={gaps.ref} className="stack confirm-digits" noValidate onSubmit={gaps.press(() => confirm.mutate())}>
      <p>{t("plate.lead")}</p>
      <Field label={t("plate.label")} hint={t("plate.left", { left: props.left })} problem={gaps.problem("number")}>
        {(control) => (
          <TextInput
            {...control}
            className="mono"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
      </Field>
      <ErrorPanel error={confirm.error} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {t("plate.send")}
        </Button>
      </div>
    </form>
  );
}
