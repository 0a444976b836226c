type Data = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** The data of a destruction of forms as its form shows them; whatever else is there is left out. */
export function readDestroyData(data: Data): {
  readonly seriesId: string;
  readonly first: number | null;
  readonly last: number | null;
  readonly executors: readonly [string, string];
  readonly method: string;
} {
  const people = Array.isArray(data.executors) ? data.executors : [];
  return {
    ...{ seriesId: textOf(data.seriesId), first: numberOf(data.first), last: numberOf(data.last) },
    ...{ executors: [textOf(people[0]), textOf(people[1])], method: textOf(data.method) },
  };
}

/** The data of a matter for blank sheets. */
export function readSheetsData(data: Data): {
  readonly count: number;
  readonly takerId: string;
  readonly backBy: string;
  readonly paper: string;
} {
  return {
    ...{ count: numberOf(data.count) ?? 1, takerId: textOf(data.takerId) },
    ...{ backBy: textOf(data.backBy), paper: textOf(data.paper) },
  };
}

/** The data of a correction of a register line. */
export function readCorrectionData(data: Data): {
  readonly lineId: string;
  readonly point: string;
  readonly reads: string;
  readonly register: string;
} {
  return {
    ...{ lineId: textOf(data.lineId), point: textOf(data.point) || "line", reads: textOf(data.reads) },
    register: textOf(data.register),
  };
}
