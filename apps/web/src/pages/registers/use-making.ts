import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api.ts";
import { useLanguage } from "../../i18n/i18n.ts";
import { changeFilter, type LineFilter } from "./line-filter.ts";
import { type Export, exportAddress, exportsQuery, type RegisterName } from "./queries.ts";

export interface Making {
  readonly busy: Export["format"] | undefined;
  readonly error: unknown;
  readonly make: (format: Export["format"]) => void;
}

/** Has a sheet or a book made of what is shown; one that is ready at once is downloaded at once. */
export function useMaking(register: RegisterName, filter: LineFilter): Making {
  const language = useLanguage();
  const queries = useQueryClient();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (format: Export["format"]) =>
      api("POST /v1/register-exports", {
        body: { register, format, language, filter: changeFilter(filter, {}) },
      }),
    onSuccess: (made) => {
      if (made.state === "ready") download(made);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: exportsQuery(register).queryKey }),
  });
  return { busy: isPending ? variables : undefined, error, make: mutate };
}

function download({ exportId, fileName }: Export): void {
  const link = document.createElement("a");
  link.href = exportAddress(exportId);
  link.download = fileName;
  link.click();
}
