import type { TextRun } from "./page-text.ts";

/** Runs looked at beside one blank: more at one height is no form. */
const mostBeside = 200;
/** Millimetres of a blank that a value has to lie over. */
const leastOver = 1;
/** Share of its run's width by which a blank may begin or end elsewhere than reckoned: letters are not all as wide. */
const slack = 0.08;
const above = 3;

/**
 * Answers how many of a line's blanks still stand open: a value drawn over the line, as with a typewriter, fills it. The
 * place of a blank in its run is reckoned from its share of the run's characters.
 */
export function createOpenCounter(runs: readonly TextRun[]): (run: TextRun, pattern: RegExp) => number {
  const byHeight = Map.groupBy(
    runs.filter((run) => /[\p{L}\p{N}]/u.test(run.text)),
    (run) => Math.floor(run.y + run.height / 2),
  );
  return (run, pattern) => {
    let open = 0;
    const beside: TextRun[] = [];
    const [from, to] = [Math.floor(run.y - above), Math.floor(run.y + Math.min(run.height, 20) + 1)];
    for (let height = from; height <= to; height += 1)
      beside.push(...(byHeight.get(height) ?? []).slice(0, mostBeside));
    const unit = run.text.length > 0 ? run.width / run.text.length : 0;
    for (const match of run.text.matchAll(pattern)) {
      const left = run.x + match.index * unit - run.width * slack;
      const right = run.x + (match.index + match[0].length) * unit + run.width * slack;
      const isOver = beside.some(
        (other) => Math.min(other.x + other.width, right) - Math.max(other.x, left) >= leastOver && other.x > run.x,
      );
      if (!isOver) open += 1;
      // A line of many blanks beside many runs: the first few tell enough.
      if (open > 50) return open;
    }
    return open;
  };
}
