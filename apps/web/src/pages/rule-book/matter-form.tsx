import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { paths } from "../../paths.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { versionQuery } from "./queries.ts";

/** Who decides reads the very text that would take force. */
function PublishFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("ruleBook");
  const { versionId, digest } = matter.data;
  const { data } = useQuery(versionQuery(String(versionId ?? "")));
  return (
    <dl className="facts">
      <dt>{t("matter.text")}</dt>
      <dd>
        <Link to={paths.ruleBook} search={{ version: String(versionId) }}>
          {data ? t("matter.read", { version: data.version.version }) : t("matter.readIt")}
        </Link>
      </dd>
      <dt>{t("matter.digest")}</dt>
      <dd className="mono digest">{String(digest)}</dd>
    </dl>
  );
}

export const ruleBookForms: { readonly "publish-rule-book": MatterForm } = {
  "publish-rule-book": { concerns: [], dated: true, ownPage: "rule-book", Facts: PublishFacts },
};
