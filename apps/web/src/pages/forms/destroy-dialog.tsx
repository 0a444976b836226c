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
import { readDestroyData } from "./form-matter-data.ts";
import { DestroyFields } from "./form-matters.tsx";
import { writeExample } from "./form-states.ts";
import { refreshForms, type Series } from "./queries.ts";

/** Asks for the destruction of a range: a matter of its own, which goes on from its page. */
export function DestroyDialog(props: { series: Series; onClose: () => void }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const found = series.ranges.find((range) => range.state === "voided");
  const [data, setData] = useState<Record<string, unknown>>({
    ...{ seriesId: series.seriesId, first: found?.first ?? null, last: found?.last ?? null },
    ...{ executors: ["", ""], method: "" },
  });
  const [reason, setReason] = useState("");
  const read = readDestroyData(data);
  const ready = read.first !== null && read.last !== null && !read.executors.includes("") && reason.trim() !== "";
  const send = useMutation({
    mutationFn: async () => {
      const range = `${writeExample(series, read.first ?? 0)}–${writeExample(series, read.last ?? 0)}`;
      const { matterId } = await api("POST /v1/matters", {
        body: {
          ...{ kind: "destroy-forms", entityId: series.entity.entityId, unitId: null, sealId: null, bodyId: null },
          ...{ personId: null, title: t("dialog.destroyTitle", { range, series: nameIn(series.name, language) }) },
          ...{ reason, data, effectiveOn: null },
        },
      });
      await navigate({ to: paths.matter(matterId) });
    },
    onSettled: () => Promise.all([refreshForms(queries), refreshMatters(queries)]),
  });
  return (
    <Dialog title={t("acts.destroy")} onClose={props.onClose}>
      <div className="stack">
        <p className="note">{t("dialog.destroyWhy")}</p>
        <DestroyFields data={data} entityId={series.entity.entityId} sealId={null} unitId={null} onChange={setData} />
        <Field label={t("dialog.destroyReason")}>
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
          disabled={!ready}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          {t("dialog.send.destroy")}
        </Button>
      </div>
    </Dialog>
  );
}
