import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type CallOptions } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { Choice, Tick } from "./custody-choices.tsx";
import { refreshCustody } from "./queries.ts";

type Body = CallOptions<"POST /v1/containers">["body"];
const KINDS = ["safe", "cabinet", "controller"] as const;

/** Adds a container with up to two locks, each given to a person afterwards. */
export function AddContainerDialog(props: { onClose: () => void }): ReactElement {
  const t = useText("custody");
  const session = useSession();
  const queries = useQueryClient();
  const [body, setBody] = useState<Body>({
    ...{ entityId: session.entities[0]?.entityId ?? "", kind: "safe", name: { en: "", zh: "" }, address: "" },
    ...{ insideMonitoring: true, camera: "", goodForImportant: true },
    locks: [
      { kind: "key", label: "" },
      { kind: "code", label: "" },
    ],
  });
  const change = (part: Partial<Body>): void => setBody((before) => ({ ...before, ...part }));
  const add = useMutation({
    mutationFn: () =>
      api("POST /v1/containers", { body: { ...body, locks: body.locks.filter((lock) => lock.label.trim() !== "") } }),
    onSuccess: async () => {
      props.onClose();
      await refreshCustody(queries);
    },
  });
  const gaps = useGaps({
    en: body.name.en.trim() === "" && "missing",
    zh: body.name.zh.trim() === "" && "missing",
    address: body.address.trim() === "" && "missing",
  });
  const line = (label: string, value: string, set: (value: string) => void, problem?: string): ReactElement => (
    <Field label={label} problem={problem}>
      {(control) => (
        <TextInput {...control} maxLength={200} value={value} onChange={(event) => set(event.target.value)} />
      )}
    </Field>
  );
  return (
    <Dialog
      title={t("containers.add")}
      onClose={props.onClose}
      actions={
        <Button type="primary" loading={add.isPending} onClick={gaps.press(() => add.mutate())}>
          {t("containers.add")}
        </Button>
      }
    >
      <div ref={gaps.ref} className="stack">
        <Choice
          label={t("containers.kind")}
          value={body.kind}
          options={KINDS.map((kind) => ({ id: kind, name: t(`kinds.${kind}`) }))}
          onChange={(id) => change({ kind: KINDS.find((kind) => kind === id) ?? "safe" })}
        />
        {line(t("containers.nameEn"), body.name.en, (en) => change({ name: { ...body.name, en } }), gaps.problem("en"))}
        {line(t("containers.nameZh"), body.name.zh, (zh) => change({ name: { ...body.name, zh } }), gaps.problem("zh"))}
        {line(t("containers.address"), body.address, (address) => change({ address }), gaps.problem("address"))}
        {line(t("containers.camera"), body.camera, (camera) => change({ camera }))}
        <Tick
          label={t("containers.monitored")}
          checked={body.insideMonitoring}
          onChange={(insideMonitoring) => change({ insideMonitoring })}
        />
        <Tick
          label={t("containers.important")}
          checked={body.goodForImportant}
          onChange={(goodForImportant) => change({ goodForImportant })}
        />
        <fieldset className="custody-set stack stack-tight">
          <legend>{t("containers.locks")}</legend>
          {body.locks.map((lock, at) => (
            <div key={`${lock.kind} ${at.toString()}`}>
              {line(
                `${t("containers.lock", { number: at + 1 })} · ${t(lock.kind === "key" ? "containers.lockKey" : "containers.lockCode")}`,
                lock.label,
                (label) => change({ locks: body.locks.map((one, index) => (index === at ? { ...one, label } : one)) }),
              )}
            </div>
          ))}
          <p className="note small">{t("containers.locksHint")}</p>
        </fieldset>
        <ErrorPanel error={add.error} />
      </div>
    </Dialog>
  );
}
