import type { TextRun } from "./page-text.ts";

/** Runs looked at beside one blank: more at one height is no form. */
const mostBeside = 200;
/** Millimetres of a blank that a value has to lie over. */
const leastOver = 1;
/** Share of its run's width by which a blank may begin or end elsewhere than reckoned: letters are not all as wide. */
const slack = 0.08;
/**
 * How far the foot of a value may lie above and below that of its blank, in heights of the value. No line of a text stands
 * as near to the next: one that begins a little to the right of the blank's is not typed over it.
 */
const offFoot = { above: 0.7, below: 0.4 };
/** Millimetres of the same that are looked at: letters that are higher are no value. */
const mostOff = 6;
/** Letters that are drawn twice to look bold begin nearer to each other than this, in millimetres. */
const leastBehind = 0.5;
/** A Chinese character, or a mark as wide, takes the room of two letters. */
const wide = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/gu;
const weigh = (text: string): number => text.length + (text.match(wide)?.length ?? 0);

/**
 * Answers how many of a line's blanks still stand open: a value drawn over the line, as with a typewriter, fills it. The
 * place of a blank in its run is reckoned from its share of the run's characters, each as wide as its kind.
 */
export function createOpenCounter(runs: readonly TextRun[]): (run: TextRun, pattern: RegExp) => number {
  const byFoot = Map.groupBy(
    runs.filter((run) => /[\p{L}\p{N}]/u.test(run.text)),
    (run) => Math.floor(run.y + run.height),
  );
  return (run, pattern) => {
    let open = 0;
    const beside: TextRun[] = [];
    const foot = run.y + run.height;
    for (let height = Math.floor(foot - mostOff); height <= Math.floor(foot + mostOff); height += 1)
      for (const other of (byFoot.get(height) ?? []).slice(0, mostBeside)) {
        const lower = other.y + other.height - foot;
        if (lower >= -offFoot.above * other.height && lower <= offFoot.below * other.height) beside.push(other);
      }
    const weight = weigh(run.text);
    const unit = weight > 0 ? run.width / weight : 0;
    // What stands before a blank is weighed once, however many blanks are in the run.
    let [weighed, upTo] = [0, 0];
    for (const match of run.text.matchAll(pattern)) {
      weighed += weigh(run.text.slice(upTo, match.index));
      const left = run.x + weighed * unit - run.width * slack;
      upTo = match.index + match[0].length;
      weighed += weigh(match[0]);
      const right = run.x + weighed * unit + run.width * slack;
      const isOver = beside.some(
        (other) =>
          Math.min(other.x + other.width, right) - Math.max(other.x, left) >= leastOver &&
          other.x > run.x + leastBehind,
      );
      if (!isOver) open += 1;
      // A line of many blanks beside many runs: the first few tell enough.
      if (open > 50) return open;
    }
    return open;
  };
}
