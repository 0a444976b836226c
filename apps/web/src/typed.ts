/** Lines that somebody writes in; what is typed to search a list is not written. */
const LINES = "textarea, input[type=text]:not([role=combobox])";
const FIELDS = `${LINES}, input:is([type=number], [type=date], [type=datetime-local], [type=file])`;

const touched = new Set<HTMLTextAreaElement | HTMLInputElement>();

/** Notices, from now on, which fields of the page somebody writes in. */
export function watchTyping(): void {
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return;
    if (target.matches(FIELDS)) touched.add(target);
  });
}

/** Whether somebody wrote in one of the page's fields, or the page itself would ask before it is left. */
export function isPageUnsaved(): boolean {
  for (const field of touched) if (!field.isConnected) touched.delete(field);
  const written = [...touched].some((field) => field.value.trim() !== "");
  return written || !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

/** Whether there are words in one of the lines of a place. */
export function hasWords(place: ParentNode): boolean {
  const lines = place.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(LINES);
  return [...lines].some((line) => line.value.trim() !== "");
}
