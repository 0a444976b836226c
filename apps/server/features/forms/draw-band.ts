import { type FormHolding, type FormState, sizeOf } from "@chancery/domain";

export interface Stretch {
  readonly state: FormState;
  readonly size: number;
}

/** Of what one stretch of the picture holds, this is shown: what asks for somebody first. */
const shownFirst: readonly FormState[] = ["missing", "issued", "in-stock", "voided", "used", "destroyed"];

/**
 * The numbers in their order as stretches of one state. Where there are more than a picture has room for, neighbours go
 * together, and a stretch shows the state that most of its numbers are in; what is missing is never outweighed.
 */
export function drawBand(holdings: readonly FormHolding[], most = 120): Stretch[] {
  const stretches = joinAlike(holdings.map((one) => ({ state: one.state, size: sizeOf(one) })));
  if (stretches.length <= most) return stretches;
  const room = Math.ceil(stretches.reduce((sum, one) => sum + one.size, 0) / most);
  const drawn: Stretch[] = [];
  let open: Stretch[] = [];
  for (const stretch of stretches) {
    open.push(stretch);
    if (open.reduce((sum, one) => sum + one.size, 0) < room) continue;
    drawn.push(blend(open));
    open = [];
  }
  if (open.length > 0) drawn.push(blend(open));
  return joinAlike(drawn);
}

function joinAlike(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    const before = joined.at(-1);
    if (before?.state === stretch.state)
      joined[joined.length - 1] = { state: stretch.state, size: before.size + stretch.size };
    else joined.push(stretch);
  }
  return joined;
}

function blend(parts: readonly Stretch[]): Stretch {
  const size = parts.reduce((sum, one) => sum + one.size, 0);
  const of = (state: FormState): number =>
    parts.filter((one) => one.state === state).reduce((sum, one) => sum + one.size, 0);
  const [state = "in-stock"] = of("missing") > 0 ? ["missing" as const] : shownFirst.toSorted((a, b) => of(b) - of(a));
  return { state, size };
}
