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
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { type RulesPageData, refreshRules, type Version } from "./queries.ts";

/** Not a version: the draft is begun from a file. */
const FROM_FILE = "file";

/** A draft from the rules in force, from an older version to go back to it, from a starter set or from a file. */
export function BeginDialog(props: {
  data: RulesPageData;
  from: Version["versionId"];
  onClose: () => void;
}): ReactElement {
  const { data, onClose } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useId();
  const [from, setFrom] = useState<Version["versionId"] | typeof FROM_FILE>(props.from);
  const [file, setFile] = useState<File | null>(null);
  const [note, setNote] = useState("");
  const inForceId = data.inForce.version.versionId;
  const older = data.versions.filter((one) => one.state === "replaced");
  const begin = useMutation({
    mutationFn: async () => {
      if (from !== FROM_FILE) return api("POST /v1/rules/drafts", { body: { from, note } });
      return api("POST /v1/rules/imports", { body: { note, text: (await file?.text()) ?? "" } });
    },
    onSuccess: async ({ versionId }) => {
      await refreshRules(queries);
      await navigate({ to: paths.rulesVersion(versionId) });
    },
  });
  const ready = note.trim() !== "" && (from !== FROM_FILE || file !== null);
  return (
    <Dialog
      title={t("begin.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("begin.cancel")}</Button>
          <Button type="primary" htmlType="submit" form={form} disabled={!ready} loading={begin.isPending}>
            {t("begin.go")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) begin.mutate();
        }}
      >
        <p className="note">{t("begin.lead")}</p>
        <Field label={t("begin.from")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={from}
              onChange={(event) => setFrom(event.target.value as typeof from)}
            >
              <option value={inForceId}>{t("begin.inForce")}</option>
              {older.length > 0 && (
                <optgroup label={t("begin.versions")}>
                  {older.map((one) => (
                    <option key={one.versionId} value={one.versionId}>
                      {t("begin.older", { number: one.number ?? 0 })}
                    </option>
                  ))}
                </optgroup>
              )}
              <optgroup label={t("begin.starters")}>
                {data.starterSets
                  .filter((one) => one.id !== inForceId)
                  .map((one) => (
                    <option key={one.id} value={one.id}>
                      {nameIn(one.name, language)}
                    </option>
                  ))}
              </optgroup>
              <option value={FROM_FILE}>{t("begin.file")}</option>
            </select>
          )}
        </Field>
        {from === FROM_FILE && (
          <Field label={t("begin.fileLabel")} hint={t("begin.fileHint")}>
            {(control) => (
              <input
                {...control}
                type="file"
                accept="application/json,.json"
                onChange={(event) => setFile(event.target.files?.[0] ?? null)}
              />
            )}
          </Field>
        )}
        <Field label={t("begin.note")} hint={t("begin.noteHint")}>
          {(control) => (
            <TextInput {...control} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        <ErrorPanel error={begin.error} />
      </form>
    </Dialog>
  );
}
