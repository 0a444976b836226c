import { useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { titleInBoth, useText } from "../../i18n/i18n.ts";
import { ApprovalDialog } from "../../parts/approval-dialog.tsx";
import { useSession } from "../../session.ts";
import { type RuleBookPageData, ruleBookQuery } from "./queries.ts";

/** Writes the version of now and puts it to another person: one step for who asks. */
export function PublishDialog(props: { entities: RuleBookPageData["mayAskIn"]; onClose: () => void }): ReactElement {
  const t = useText("ruleBook");
  const session = useSession();
  const queries = useQueryClient();
  return (
    <ApprovalDialog
      {...props}
      kind="publish-rule-book"
      title={t("ask.title")}
      lead={t("ask.lead")}
      prepare={async () => {
        const { versionId, version, digest } = await api("POST /v1/rule-book/versions", { body: {} });
        const title = await titleInBoth(
          "ruleBook",
          (say, of) =>
            `${say("ask.matter", { name: nameIn(session.organisation, of) })} · ${say("version", { version })}`,
        );
        return { title, data: { versionId, digest } };
      }}
      onChanged={() => queries.invalidateQueries({ queryKey: ruleBookQuery.queryKey })}
    />
  );
}
