import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { saveFile } from "../requests/save-file.ts";
import type { Version } from "./queries.ts";

/** A version as it was saved, as a file to keep or to bring in elsewhere. */
export function ExportButton(props: { versionId: Version["versionId"]; name: string }): ReactElement {
  const { versionId, name } = props;
  const t = useText("rulesOfUse");
  const save = useMutation({
    mutationFn: () => api("GET /v1/rules/versions/:versionId/file", { params: { versionId } }),
    onSuccess: (file) => saveFile(file, t("file", { name })),
  });
  return (
    <>
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t("act.export")}
      </Button>
      <ErrorPanel error={save.error} />
    </>
  );
}
