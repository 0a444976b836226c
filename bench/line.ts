/** One measured figure. `ratio` compares it with what `against` names, so that 1 is on a par and more is better. */
export type BenchLine = { name: string; value: number; unit: string; ratio: number; against: string };
