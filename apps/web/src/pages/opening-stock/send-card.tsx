import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { titleInBoth, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { paths } from "../../paths.ts";
import type { Preview, PreviewPart } from "./queries.ts";

/** Sends what has no error: units, people and containers as one matter, and then the seals as another. */
export function SendCard(props: { preview: Preview; entityId: string; fileIds: readonly string[] }): ReactElement {
  const t = useText("stock");
  const parts = props.preview.parts.filter((part) => part.lines > 0);
  const sheets = props.preview.files.filter((file) => file.kind === "sheet");
  const names = sheets.map((file) => file.name).join(", ");
  return (
    <section className="card" aria-labelledby="send-title">
      <header>
        <h2 id="send-title">{t("send.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("send.lead")}</p>
        {parts.map((part) => (
          <PartToSend key={part.part} part={part} names={names} entityId={props.entityId} fileIds={props.fileIds} />
        ))}
      </div>
    </section>
  );
}

function PartToSend(props: {
  part: PreviewPart;
  names: string;
  entityId: string;
  fileIds: readonly string[];
}): ReactElement {
  const { part, names, entityId, fileIds } = props;
  const t = useText("stock");
  const navigate = useNavigate();
  const [reason, setReason] = useState("");
  const send = useMutation({
    mutationFn: async () =>
      api("POST /v1/imports", {
        body: {
          entityId,
          part: part.part,
          fileIds: [...fileIds],
          title: await titleInBoth("stock", (say, of) =>
            [say(`send.titleOf.${part.part}`), names].join(of === "zh" ? "：" : ": "),
          ),
          reason,
        },
      }),
    onSuccess: ({ matterId }) => void navigate({ to: paths.matter(matterId) }),
  });
  const gaps = useGaps({ reason: reason.trim() === "" && "missing" });
  const ready = part.refusals.length === 0;
  const nothing = part.make === 0 && part.refused === 0;
  return (
    <div className="stack stack-tight stock-part">
      <h3 className="row">
        {t(`send.part.${part.part}`)}
        {ready ? (
          <Tag tone="success" sign="check">
            {t("send.ready", { count: part.make })}
          </Tag>
        ) : nothing ? (
          <Tag tone="ended" sign="box">
            {t("verdict.there")}
          </Tag>
        ) : (
          <Tag tone="waiting" sign="dashed">
            {t("send.notYet")}
          </Tag>
        )}
      </h3>
      {!ready && !nothing && <RefusalList refusals={part.refusals} />}
      {ready && (
        <form ref={gaps.ref} className="stack stack-tight" noValidate onSubmit={gaps.press(() => send.mutate())}>
          <Field label={t("send.reason")} hint={t("send.reasonHint")} problem={gaps.problem("reason")}>
            {(control) => <TextInput {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <ErrorPanel error={send.error} />
          <div className="row">
            <Button type="primary" htmlType="submit" loading={send.isPending}>
              {t(`send.act.${part.part}`)}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
