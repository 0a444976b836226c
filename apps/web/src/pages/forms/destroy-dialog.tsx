import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { titleInBoth, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { paths } from "../../paths.ts";
import { refreshMatters } from "../matters/queries.ts";
import { readDestroyData } from "./form-matter-data.ts";
import { DestroyFields } from "./form-matters.tsx";
import { writeExample } from "./form-states.ts";
import { refreshForms, type Series } from "./queries.ts";

/** Asks for the destruction of a range: a matter of its own, which goes on from its page. */
export function DestroyDialog(props: { series: Series; onClose: () => void }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const found = series.ranges.find((range) => range.state === "voided");
  const [data, setData] = useState<Record<string, unknown>>({
    ...{ seriesId: series.seriesId, first: found?.first ?? null, last: found?.last ?? null },
    ...{ executors: ["", ""], method: "" },
  });
  const [reason, setReason] = useState("");
  const read = readDestroyData(data);
  const gaps = useGaps({
    forms: (read.first === null || read.last === null || read.executors.includes("")) && t("dialog.destroyMissing"),
    reason: reason.trim() === "" && "missing",
  });
  const send = useMutation({
    mutationFn: async () => {
      const range = `${writeExample(series, read.first ?? 0)}–${writeExample(series, read.last ?? 0)}`;
      const title = await titleInBoth("forms", (say, of) =>
        say("dialog.destroyTitle", { range, series: nameIn(series.name, of) }),
      );
      const { matterId } = await api("POST /v1/matters", {
        body: {
          ...{ kind: "destroy-forms", entityId: series.entity.entityId, unitId: null, sealId: null, bodyId: null },
          ...{ personId: null, title },
          ...{ reason, data, effectiveOn: null },
        },
      });
      await navigate({ to: paths.matter(matterId) });
    },
    onSettled: () => Promise.all([refreshForms(queries), refreshMatters(queries)]),
  });
  return (
    <DialogForm
      title={t("acts.destroy")}
      send={t("dialog.send.destroy")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <p className="note">{t("dialog.destroyWhy")}</p>
      <DestroyFields
        missing={[]}
        data={data}
        entityId={series.entity.entityId}
        sealId={null}
        unitId={null}
        onChange={setData}
      />
      {gaps.problem("forms") && (
        <p className="field-problem" role="alert">
          {gaps.problem("forms")}
        </p>
      )}
      <ReasonField
        label={t("dialog.destroyReason")}
        problem={gaps.problem("reason")}
        most={2000}
        value={reason}
        onChange={setReason}
      />
    </DialogForm>
  );
}
