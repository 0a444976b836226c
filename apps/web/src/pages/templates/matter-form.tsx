import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { useClassName } from "../document-classes/queries.ts";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { templateQuery, templatesQuery } from "./queries.ts";
import { useFieldName } from "./use-field-name.ts";

/** Who decides reads the template itself: its pages with what may be filled in. */
function RegisterFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("templates");
  const language = useLanguage();
  const className = useClassName();
  const fieldName = useFieldName();
  const versionId = String(matter.data.versionId);
  const { data, error } = useQuery(templateQuery(versionId));
  if (error) return <ErrorPanel error={error} />;
  if (!data) return <LinesSkeleton lines={3} />;
  const { version, fields } = data;
  return (
    <>
      {fields.some(({ kind }) => kind === "words") && (
        <Message tone="warning" title={t("fieldWords")}>
          {t("fieldWordsWhy")}
        </Message>
      )}
      <dl className="facts">
        <dt>{t("name")}</dt>
        <dd>
          <Link to={paths.template(versionId)}>{nameIn(version.name, language)}</Link>
        </dd>
        <dt>{t("class")}</dt>
        <dd>{className(version.documentClass)}</dd>
        <dt>{t("fields")}</dt>
        <dd>
          {fields.length === 0
            ? t("fieldsNone")
            : fields
                .map(({ name, kind }) =>
                  kind === "words" ? `${fieldName(name)} (${t("fieldKinds.words")})` : fieldName(name),
                )
                .join(language === "zh" ? "、" : ", ")}
        </dd>
      </dl>
    </>
  );
}

function WithdrawFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("templates");
  const language = useLanguage();
  const { data, error } = useQuery(templatesQuery);
  if (error) return <ErrorPanel error={error} />;
  if (!data) return <LinesSkeleton lines={1} />;
  const found = data.items.find((one) => one.templateId === matter.data.templateId && one.number !== null);
  return (
    <dl className="facts">
      <dt>{t("name")}</dt>
      <dd>{found && <Link to={paths.template(found.versionId)}>{nameIn(found.name, language)}</Link>}</dd>
    </dl>
  );
}

export const templateForms: { readonly "register-template": MatterForm; readonly "withdraw-template": MatterForm } = {
  "register-template": { concerns: [], dated: true, ownPage: "template", Facts: RegisterFacts },
  "withdraw-template": { concerns: [], dated: true, ownPage: "template", Facts: WithdrawFacts },
};
