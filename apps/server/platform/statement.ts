import type { Compilable, CompiledQuery } from "kysely";
import type { Reader } from "./db.ts";

/** Stands where a value will, while a statement is made. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const slots: ProxyHandler<object> = {
  get: (_, name) => new Slot(String(name)),
  ownKeys: () => {
    throw new Error("a statement names each value it is given");
  },
};

/**
 * A statement whose text is made once, at its first use, and asked again with other values: for what every request asks, where
 * making the text took as long as the database took to answer. `build` sees slots in the place of what is given: each may
 * stand only where a value goes to the database, and never decides what the statement looks like (a list goes in as one
 * value, with `= any`). Answers the rows.
 */
export function statement<Given extends object, Row>(
  build: (reader: Reader, given: Given) => Compilable<Row>,
): (reader: Reader, given: Given) => Promise<Row[]> {
  let made: CompiledQuery<Row> | undefined;
  return async (reader, given) => {
    made ??= build(reader, new Proxy<Given>({} as Given, slots)).compile();
    const parameters = made.parameters.map((one) =>
      one instanceof Slot ? (given as Readonly<Record<string, unknown>>)[one.name] : one,
    );
    const { rows } = await reader.executeQuery<Row>({ ...made, parameters });
    return rows;
  };
}
