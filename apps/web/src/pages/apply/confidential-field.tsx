import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { ListSelect } from "../../parts/list-select.tsx";
import { TextLines } from "../../parts/text-input.tsx";
import { useSession } from "../../session.ts";
import { Tick } from "../custody/custody-choices.tsx";
import { peopleQuery } from "../organisation/queries.ts";
import { useApply } from "./apply-context.ts";
import type { DraftFacts } from "./draft.ts";

/** Whether only its readers open it; where so, why, and whom the applicant names besides those with a part in it. */
export function ConfidentialField(): ReactElement {
  const { draft, store } = useApply();
  const { confidential, confidentialFixed } = draft.facts;
  const t = useText("confidential");
  const change = (next: DraftFacts["confidential"]): void =>
    store.change({ type: "fact", change: { confidential: next } });
  return (
    <div className="stack stack-tight">
      {confidentialFixed ? (
        <p className="note small">{t("fixed")}</p>
      ) : (
        <Tick
          label={t("ask")}
          checked={confidential !== null}
          onChange={(on) => change(on ? { reason: "", readers: [] } : null)}
        />
      )}
      {confidential !== null && (
        <>
          <Field label={t("reason")} hint={t("reasonHint")}>
            {(control) => (
              <TextLines
                {...control}
                rows={2}
                maxLength={500}
                value={confidential.reason}
                onChange={(event) => change({ ...confidential, reason: event.target.value })}
              />
            )}
          </Field>
          <ReaderChoice value={confidential.readers} onChange={(readers) => change({ ...confidential, readers })} />
        </>
      )}
    </div>
  );
}

/** People of the request's entity who are here; the applicant reads it anyway. */
function ReaderChoice(props: { value: readonly string[]; onChange: (readers: string[]) => void }): ReactElement {
  const { entityId, joint } = useApply().draft.facts;
  const entities = [entityId, joint?.entityId ?? null];
  const t = useText("confidential");
  const language = useLanguage();
  const session = useSession();
  const people = useQuery(peopleQuery);
  const fit = (people.data?.items ?? []).filter(
    (one) =>
      props.value.includes(one.personId) ||
      (one.state === "active" &&
        !one.guest &&
        entities.includes(one.entityId) &&
        one.personId !== session.person.personId),
  );
  return (
    <Field label={t("readers")} hint={t("readersHint")}>
      {(control) => (
        <ListSelect
          {...control}
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          value={[...props.value]}
          onChange={props.onChange}
          options={fit.map((one) => ({ value: one.personId, label: nameIn(one.name, language) }))}
        />
      )}
    </Field>
  );
}
