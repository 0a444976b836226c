import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { type OwnCustody, refreshCustody } from "./queries.ts";

/** Openings that wait for the reader's own lock, each with the button that opens it. */
export function OpeningLines(props: { openings: OwnCustody["openings"] }): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const queries = useQueryClient();
  const confirm = useMutation({
    mutationFn: (openingId: string) => api("POST /v1/custody/openings/:openingId/confirm", { params: { openingId } }),
    onSettled: () => refreshCustody(queries),
  });
  return (
    <>
      {props.openings.map((one) => (
        <li key={one.openingId} className="rows-line">
          <span className="grow">
            {t("mine.openingAsk", {
              name: one.askedBy ? nameIn(one.askedBy.name, language) : "",
              seal: `${nameIn(one.seal.name, language)} ${one.seal.number}`,
              container: one.container ? nameIn(one.container.name, language) : "",
              reason: sayHalf(one.reason, language),
            })}
            <ErrorPanel error={confirm.variables === one.openingId ? confirm.error : null} />
          </span>
          <Button
            type="primary"
            loading={confirm.isPending && confirm.variables === one.openingId}
            onClick={() => confirm.mutate(one.openingId)}
          >
            {t("mine.openingConfirm")}
          </Button>
        </li>
      ))}
    </>
  );
}
