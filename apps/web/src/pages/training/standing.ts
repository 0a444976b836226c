/** The day of an instant in a time zone, YYYY-MM-DD, as the server writes days. */
export function dayOf(now: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return format.format(now);
}

/** The answers as they are handed in; null while a question is open. */
export function listAnswers(
  questions: readonly { readonly questionId: string }[],
  chosen: Readonly<Record<string, number>>,
): { questionId: string; choice: number }[] | null {
  const answers = questions.flatMap(({ questionId }) => {
    const choice = chosen[questionId];
    return choice === undefined ? [] : [{ questionId, choice }];
  });
  return answers.length === questions.length ? answers : null;
}
