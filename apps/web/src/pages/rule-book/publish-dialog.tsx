import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useId, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { type RuleBookPageData, ruleBookQuery } from "./queries.ts";

/** Writes the version of now and puts it to another person: one step for who asks. */
export function PublishDialog(props: { entities: RuleBookPageData["mayAskIn"]; onClose: () => void }): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useId();
  const [entityId, setEntityId] = useState(props.entities[0]?.entityId ?? "");
  const [day, setDay] = useState("");
  const [reason, setReason] = useState("");
  const ask = useMutation({
    mutationFn: async () => {
      const { versionId, version, digest } = await api("POST /v1/rule-book/versions", { body: {} });
      const { matterId } = await api("POST /v1/matters", {
        body: {
          ...{ kind: "publish-rule-book", entityId, unitId: null, sealId: null, bodyId: null, personId: null },
          title: `${t("ask.matter", { name: nameIn(session.organisation, language) })} · ${t("version", { version })}`,
          ...{ reason, data: { versionId, digest }, effectiveOn: day === "" ? null : day },
        },
      });
      // What stands in the way of submitting is told on the matter's own page, where it can be mended.
      await api("POST /v1/matters/:matterId/submit", { params: { matterId } }).catch(() => undefined);
      return matterId;
    },
    onSuccess: async (matterId) => {
      await queries.invalidateQueries({ queryKey: ruleBookQuery.queryKey });
      await navigate({ to: paths.matter(matterId) });
    },
  });
  return (
    <Dialog
      title={t("ask.title")}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t("ask.cancel")}</Button>
          <Button type="primary" htmlType="submit" form={form} disabled={reason.trim() === ""} loading={ask.isPending}>
            {t("ask.send")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== "") ask.mutate();
        }}
      >
        <p className="note">{t("ask.lead")}</p>
        {props.entities.length > 1 && (
          <Field label={t("ask.entity")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={entityId}
                onChange={(event) => setEntityId(event.target.value)}
              >
                {props.entities.map((one) => (
                  <option key={one.entityId} value={one.entityId}>
                    {nameIn(one.name, language)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={t("ask.day")} hint={t("ask.dayHint")}>
          {(control) => (
            <TextInput {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          )}
        </Field>
        <Field label={t("ask.reason")}>
          {(control) => <TextLines {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <ErrorPanel error={ask.error} />
      </form>
    </Dialog>
  );
}
