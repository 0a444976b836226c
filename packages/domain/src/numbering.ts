/** `LX-2026-000417`: the entity's code, the year in the entity's time zone, a number without gaps. Never reused. */
export function formatRequestNumber(entityCode: string, year: number, running: number): string {
  return `${entityCode}-${year}-${String(running).padStart(6, "0")}`;
}
