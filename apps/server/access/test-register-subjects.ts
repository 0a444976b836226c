import { createExports } from "../features/registers/exports.ts";
import { saveView } from "../features/registers/views.ts";
import type { TestEnvironment } from "../platform/test-environment.ts";
import type { Person } from "./test-actors.ts";

interface RegisterWorld extends Pick<TestEnvironment, "env" | "ledger"> {
  person(who: Person): string;
}

/** Lines of the walk's own seal, and what its custodian keeps of his reading. */
export function registerSubjects(
  world: RegisterWorld,
  once: <T>(name: string, make: () => Promise<T>) => Promise<T>,
  sealOf: (side: "own") => Promise<string>,
) {
  const { env, ledger } = world;
  const custodian = (): string => world.person("own custodian");
  const line = async (): Promise<string> => {
    const { line_id } = await env.db
      .selectFrom("register_lines")
      .select("line_id")
      .where("register", "=", "custody")
      .where("seal_id", "=", await sealOf("own"))
      .limit(1)
      .executeTakeFirstOrThrow();
    return line_id;
  };
  const view = async (): Promise<string> =>
    (await saveView(env, custodian(), { register: "custody", name: "Mine", filter: {} })).viewId;
  const exported = async (): Promise<string> => {
    const exports = createExports(env, ledger);
    const asked = { register: "custody", format: "csv", language: "en", filter: {} } as const;
    let made = await exports.begin(custodian(), asked);
    while (made.state === "making") made = await exports.get(custodian(), made.exportId);
    return made.exportId;
  };
  return {
    line: () => once("line", line),
    view: () => once("view", view),
    exported: () => once("export", exported),
  };
}
