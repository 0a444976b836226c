import { useQuery } from "@tanstack/react-query";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/i18n.ts";
import { peopleQuery } from "./queries.ts";

/** Names of people by their ids, as far as they are known here. */
export function usePersonNames(): (ids: readonly string[]) => string {
  const language = useLanguage();
  const { data } = useQuery(peopleQuery);
  return (ids) =>
    formatNames(
      ids.flatMap((id) => {
        const person = data?.items.find((one) => one.personId === id);
        return person ? [nameIn(person.name, language)] : [];
      }),
      language,
    );
}
