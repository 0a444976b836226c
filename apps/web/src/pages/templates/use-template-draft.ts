import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api.ts";
import { refreshTemplates, type TemplateBody, type TemplateDetail, templateQuery, templatesQuery } from "./queries.ts";

export type DraftBody = Omit<TemplateBody, "revision">;

/** What was changed on a draft and is not saved yet; saving answers the fields as they are found then. */
export function useTemplateDraft(detail: TemplateDetail) {
  const { version, marks } = detail;
  const queries = useQueryClient();
  const { data } = useQuery(templatesQuery);
  const [change, setChange] = useState<Partial<DraftBody>>({});
  const isReplacing = data?.items.some((one) => one.templateId === version.templateId && one.state === "in-force");
  const body: DraftBody = {
    ...{ entityId: version.entity.entityId, name: version.name, documentClass: version.documentClass },
    ...{ language: version.language, marks, replaces: isReplacing ? version.templateId : null },
    ...change,
  };
  const saving = useMutation({
    mutationFn: async () =>
      api("PUT /v1/templates/versions/:versionId", {
        params: { versionId: version.versionId },
        body: { ...body, revision: detail.revision },
      }),
    onSuccess: async (saved) => {
      queries.setQueryData(templateQuery(version.versionId).queryKey, saved);
      setChange({});
      await refreshTemplates(queries);
    },
  });
  return {
    body,
    changed: Object.keys(change).length > 0,
    /** The entity it will belong to. */
    entity: data?.mayWriteIn.find((one) => one.entityId === body.entityId) ?? version.entity,
    change: (more: Partial<DraftBody>): void => setChange((before) => ({ ...before, ...more })),
    saving,
  };
}
