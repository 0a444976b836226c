import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { refreshForms, type Series } from "./queries.ts";

/** What was issued to the reader and waits for him to count it. */
export function ReceiptMessages(props: { series: Series }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const queries = useQueryClient();
  const confirm = useMutation({
    mutationFn: (postingId: string) =>
      api("POST /v1/form-series/:seriesId/postings/:postingId/receipt", {
        params: { seriesId: series.seriesId, postingId },
      }),
    onSettled: () => refreshForms(queries),
  });
  const waiting = series.postings.filter((one) => one.mayConfirmReceipt);
  return (
    <>
      {waiting.map((one) => (
        <Message
          key={one.postingId}
          tone="action"
          title={t("receipt.title", { count: one.size, range: one.written })}
          action={
            <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate(one.postingId)}>
              {t("receipt.confirm")}
            </Button>
          }
        >
          {t("receipt.why")}
        </Message>
      ))}
      <ErrorPanel error={confirm.error} />
    </>
  );
}
