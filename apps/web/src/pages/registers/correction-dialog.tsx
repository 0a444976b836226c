import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { titleInBoth, useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
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
      const title = await titleInBoth("forms", (say) => say("correction.matterTitle", { number: line.number }));
      const { matterId } = await api("POST /v1/matters", {
        body: {
          ...{ kind: "correct-line", entityId: line.entity.entityId, unitId: null, bodyId: null, personId: null },
          ...{ sealId: line.seal?.sealId ?? null, title, reason },
          ...{ data: { lineId: line.lineId, register: line.register, point, reads }, effectiveOn: null },
        },
      });
      await api("POST /v1/matters/:matterId/submit", { params: { matterId } });
      await navigate({ to: paths.matter(matterId) });
    },
    onSettled: () => refreshMatters(queries),
  });
  const gaps = useGaps({ reads: reads.trim() === "" && "missing", reason: reason.trim() === "" && "missing" });
  return (
    <DialogForm
      title={t("correction.title", { number: line.number })}
      send={t("correction.send")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
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
      <ReasonField
        label={t("correction.reads")}
        problem={gaps.problem("reads")}
        rows={2}
        value={reads}
        onChange={setReads}
      />
      <ReasonField
        label={t("correction.reason")}
        problem={gaps.problem("reason")}
        most={2000}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  );
}
