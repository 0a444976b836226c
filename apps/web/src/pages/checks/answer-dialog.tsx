import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Radio, Select } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { containersQuery, peopleQuery } from "../custody/queries.ts";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import type { Check, CheckItem } from "./checks-page.tsx";

const WHERE = ["container", "hand", "missing"] as const;
type Where = (typeof WHERE)[number];

/** Where a piece is now and who holds it, with a photo taken on the spot; the book is not told beforehand. */
export function AnswerDialog(props: { check: Check; item: CheckItem; onClose: () => void }): ReactElement {
  const { check, item } = props;
  const t = useText("checks");
  const language = useLanguage();
  const queries = useQueryClient();
  const containers = useQuery(containersQuery);
  const people = useQuery(peopleQuery);
  const [where, setWhere] = useState<Where>("container");
  const [containerId, setContainerId] = useState<string | null>(null);
  const [holderId, setHolderId] = useState<string | null>(null);
  const [evidenceId, setEvidenceId] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/storage-checks/:checkId/answers", {
        params: { checkId: check.checkId },
        body: {
          ...{ bodyId: item.bodyId, evidenceId: where === "missing" ? null : evidenceId, note },
          containerId: where === "container" ? containerId : null,
          holderId: where === "hand" ? holderId : null,
        },
      }),
    onSuccess: props.onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ["checks"] }),
  });
  const placed = where === "container" ? containerId !== null : holderId !== null;
  const ready = where === "missing" || (placed && evidenceId !== null);
  const seal = `${nameIn(item.seal.name, language)} ${item.bodyNumber}`;
  return (
    <Dialog title={t("dialog.title", { seal })} onClose={props.onClose}>
      <div className="stack">
        <Radio.Group
          aria-label={t("dialog.choose")}
          value={where}
          onChange={(event) => setWhere(event.target.value as Where)}
          options={WHERE.map((one) => ({ value: one, label: t(`dialog.${one}`) }))}
        />
        {where === "container" && (
          <Field label={t("dialog.which")}>
            {(control) => (
              <Select
                {...control}
                value={containerId}
                onChange={setContainerId}
                options={(containers.data?.items ?? [])
                  .filter((one) => one.entity.entityId === check.entity.entityId)
                  .map((one) => ({ value: one.containerId, label: nameIn(one.name, language) }))}
              />
            )}
          </Field>
        )}
        {where === "hand" && (
          <Field label={t("dialog.who")}>
            {(control) => (
              <Select
                {...control}
                showSearch={{ optionFilterProp: "label" }}
                value={holderId}
                onChange={setHolderId}
                options={(people.data?.items ?? []).map((one) => ({
                  value: one.personId,
                  label: nameIn(one.name, language),
                }))}
              />
            )}
          </Field>
        )}
        {where !== "missing" && (
          <>
            <EvidenceInput
              accepts="picture"
              label={t("dialog.photo")}
              onTaken={(file) => setEvidenceId(file.evidenceId)}
            />
            <p aria-live="polite">{evidenceId !== null && t("dialog.taken")}</p>
          </>
        )}
        <Field label={t("dialog.note")}>
          {(control) => <TextInput {...control} value={note} onChange={(event) => setNote(event.target.value)} />}
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
          {t("dialog.send")}
        </Button>
      </div>
    </Dialog>
  );
}
