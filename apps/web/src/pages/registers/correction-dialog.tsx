import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { refreshMatters } from "../matters/queries.ts";
import type { Line } from "./queries.ts";

/** What a line should read: asked for here, confirmed by a signatory, written as a further line. */
export function CorrectionDialog(props: { line: Line; onClose: () => void }): ReactElement {
  const { line } = props;
  const t = useText("forms");
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [point, setPoint] = useState("line");
  const [reads, setReads] = useState("");
  const [reason, setReason] = useState("");
  const fact = line.facts.find((one) => one.key === point);
  const send = useMutation({
    mutationFn: async () => {
      const { matterId } = await api("POST /v1/matters", {
        body: {
          ...{ kind: "correct-line", entityId: line.entity.entityId, unitId: null, bodyId: null, personId: null },
          ...{ sealId: line.seal?.sealId ?? null, title: t("correction.matterTitle", { number: line.number }), reason },
          ...{ data: { lineId: line.lineId, register: line.register, point, reads }, effectiveOn: null },
        },
      });
      await api("POST /v1/matters/:matterId/submit", { params: { matterId } });
      await navigate({ to: paths.matter(matterId) });
    },
    onSettled: () => refreshMatters(queries),
  });
  return (
    <Dialog title={t("correction.title", { number: line.number })} onClose={props.onClose}>
      <div className="stack">
        <p className="note">{t("correction.why")}</p>
        <Field
          label={t("correction.point")}
          {...(fact ? { hint: t("correction.now", { value: nameIn(fact.value, language) }) } : {})}
        >
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={point}
              onChange={(event) => setPoint(event.target.value)}
            >
              <option value="line">{t("correction.whole")}</option>
              {line.facts.map((one) => (
                <option key={one.key} value={one.key}>
                  {nameIn(one.name, language)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("correction.reads")}>
          {(control) => (
            <TextLines
              {...control}
              rows={2}
              maxLength={500}
              value={reads}
              onChange={(event) => setReads(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("correction.reason")}>
          {(control) => (
            <TextLines
              {...control}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <ErrorPanel error={send.error} />
        <Button
          type="primary"
          size="large"
          block
          disabled={reads.trim() === "" || reason.trim() === ""}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {t("correction.send")}
        </Button>
      </div>
    </Dialog>
  );
}
