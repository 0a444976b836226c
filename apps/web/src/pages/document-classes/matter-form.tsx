import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, type ReactElement, useEffect } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { ClassFields } from "./class-fields.tsx";
import { listClassChanges, readClassForm } from "./class-form.ts";
import { useClassWords } from "./class-words.ts";
import { documentClassesQuery } from "./queries.ts";

/** A change that was returned is written again with the same fields, on the class as it is now. */
function EditFields({ data, onChange }: ComponentProps<NonNullable<MatterForm["Fields"]>>): ReactElement {
  const form = readClassForm(data);
  const { data: classes } = useQuery(documentClassesQuery);
  const version = classes?.items.find((one) => one.documentClass === form.classId)?.version;
  useEffect(() => {
    if (version !== undefined && version !== form.version) onChange({ ...data, version });
  }, [version, form.version, data, onChange]);
  return <ClassFields form={form} onChange={(next) => onChange({ ...next })} />;
}

/** Who decides reads what of the class would be another; of a new one, everything it says. */
function ChangeFacts({ matter }: { readonly matter: MatterDetail }): ReactElement {
  const t = useText("documentClasses");
  const wordsOf = useClassWords();
  const { data, error } = useQuery(documentClassesQuery);
  if (error) return <ErrorPanel error={error} />;
  if (!data) return <LinesSkeleton lines={4} />;
  const wanted = readClassForm(matter.data);
  const found = data.items.find((one) => one.documentClass === wanted.classId);
  const base = data.items.find((one) => one.documentClass === wanted.base);
  // Once it is done, what it was made from is the version before it.
  const before = found && [...found.earlier, found].find((one) => one.version === wanted.version);
  const [was, will] = [before ? wordsOf(before) : null, wordsOf(wanted)];
  return (
    <dl className="facts">
      {base && (!found || found.own) && (
        <div className="facts-line">
          <dt>{t("form.base")}</dt>
          <dd>{wordsOf(base).name}</dd>
        </div>
      )}
      {found && (
        <div className="facts-line">
          <dt>{t("class")}</dt>
          <dd>{was?.name ?? will.name}</dd>
        </div>
      )}
      {listClassChanges(before ?? null, wanted).map((part) => (
        <div key={part} className="facts-line">
          <dt>{t(part === "sealKinds" ? "kinds" : part)}</dt>
          <dd className="typed">{was ? t("fromTo", { from: was[part], to: will[part] }) : will[part]}</dd>
        </div>
      ))}
    </dl>
  );
}

export const classForms: { readonly "document-class": MatterForm } = {
  "document-class": { concerns: [], dated: true, ownPage: true, Fields: EditFields, Facts: ChangeFacts },
};
