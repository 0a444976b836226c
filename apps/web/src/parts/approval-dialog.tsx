import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, type ReactNode, useId, useState } from "react";
import { api, type CallOptions, type RouteAnswer } from "../api.ts";
import { nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { paths } from "../paths.ts";
import { Dialog } from "./dialog.tsx";
import { ErrorPanel } from "./error-panel.tsx";
import { Field } from "./field.tsx";
import { TextInput, TextLines } from "./text-input.tsx";

type Matter = CallOptions<"POST /v1/matters">["body"];

/** Puts something that takes force on a day to another person: who asks names the day and why, and it is submitted. */
export function ApprovalDialog(props: {
  title: string;
  lead: string;
  kind: Matter["kind"];
  entities: RouteAnswer<"GET /v1/rules">["mayAskIn"];
  /** Makes ready what is decided on, and says what the matter is called. */
  prepare: () => Promise<Pick<Matter, "title" | "data">>;
  /** What is asked for, where it is written here. */
  children?: ReactNode;
  /** Whether that is complete; left out, there is nothing more to say than day and reason. */
  ready?: boolean;
  /** Something was asked for, or made ready for it. */
  onChanged: () => Promise<void>;
  onClose: () => void;
}): ReactElement {
  const { kind, entities, prepare, onChanged, onClose, ready = true } = props;
  const t = useText("parts");
  const language = useLanguage();
  const navigate = useNavigate();
  const form = useId();
  const [entityId, setEntityId] = useState(entities[0]?.entityId ?? "");
  const [day, setDay] = useState("");
  const [reason, setReason] = useState("");
  const ask = useMutation({
    mutationFn: async () => {
      const { matterId } = await api("POST /v1/matters", {
        body: {
          ...{ kind, entityId, unitId: null, sealId: null, bodyId: null, personId: null },
          ...(await prepare()),
          ...{ reason, effectiveOn: day === "" ? null : day },
        },
      });
      // What stands in the way of submitting is told on the matter's own page, where it can be mended.
      await api("POST /v1/matters/:matterId/submit", { params: { matterId } }).catch(() => undefined);
      return matterId;
    },
    onSuccess: async (matterId) => {
      await onChanged();
      await navigate({ to: paths.matter(matterId) });
    },
  });
  return (
    <Dialog
      title={props.title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("approval.cancel")}</Button>
          <Button
            type="primary"
            htmlType="submit"
            form={form}
            disabled={!ready || reason.trim() === ""}
            loading={ask.isPending}
          >
            {t("approval.send")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && reason.trim() !== "") ask.mutate();
        }}
      >
        <p className="note">{props.lead}</p>
        {props.children}
        {entities.length > 1 && (
          <Field label={t("approval.entity")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={entityId}
                onChange={(event) => setEntityId(event.target.value)}
              >
                {entities.map((one) => (
                  <option key={one.entityId} value={one.entityId}>
                    {nameIn(one.name, language)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={t("approval.day")} hint={t("approval.dayHint")}>
          {(control) => (
            <TextInput {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          )}
        </Field>
        <Field label={t("approval.reason")}>
          {(control) => <TextLines {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <ErrorPanel error={ask.error} />
      </form>
    </Dialog>
  );
}
