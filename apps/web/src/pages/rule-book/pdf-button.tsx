import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { saveFile } from "../requests/save-file.ts";
import type { Version } from "./queries.ts";

/** The version as a file in the reader's language. */
export function PdfButton(props: { version: Version; title: string }): ReactElement {
  const { versionId, version } = props.version;
  const t = useText("ruleBook");
  const language = useLanguage();
  const save = useMutation({
    mutationFn: () => api("GET /v1/rule-book/versions/:versionId/file", { params: { versionId }, query: { language } }),
    onSuccess: (file) => saveFile(file, t("file", { title: props.title, version })),
  });
  return (
    <>
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t("pdf")}
      </Button>
      <ErrorPanel error={save.error} />
    </>
  );
}
