import { type Refusal, refuse } from "./refusal.ts";
import { hitPolicies, type TableId } from "./rule-set.ts";

/**
 * What a decision model holds that would have no effect here: nodes of other kinds, tables that nothing leads to, settings
 * of an engine. Whoever brings such a file in believes that it counts, so that it is refused and not passed over.
 */
export function findForeignPart(model: unknown, table: TableId, answers: readonly string[]): Refusal | null {
  if (listIn(model, "nodes").length === 0) return null;
  const key = findForeignKey(model, ["nodes", "edges", "contentType"], table);
  if (key) return key;
  const nodes = listIn(model, "nodes");
  const idOf = (type: string): unknown => nodes.find((node) => valueIn(node, "type") === type)?.id;
  for (const [at, node] of nodes.entries()) {
    const { type, id } = node;
    const isOurs = type === "decisionTableNode" ? id === table : type === "inputNode" || type === "outputNode";
    const isFirst = nodes.findIndex((one) => valueIn(one, "type") === type) === at;
    if (!isOurs || !isFirst) return foreign("rules.foreign-node", table, { node: sayNode(node), type: textOf(type) });
    const inside = findForeignSetting(node, table, answers);
    if (inside) return inside;
  }
  const edges = listIn(model, "edges");
  const leads = (from: unknown, to: unknown): boolean =>
    edges.some((edge) => edge.sourceId === from && edge.targetId === to);
  const isWhole = leads(idOf("inputNode"), table) && leads(table, idOf("outputNode")) && edges.length === 2;
  if (!isWhole || nodes.length !== 3) return foreign("rules.foreign-edges", table, { count: edges.length });
  return firstOf(edges, (edge) => findForeignKey(edge, ["id", "type", "sourceId", "targetId"], table));
}

type Part = Readonly<Record<string, unknown>>;
const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null && !Array.isArray(value);
const valueIn = (value: unknown, key: string): unknown =>
  isPart(value) && Object.hasOwn(value, key) ? value[key] : undefined;
const listIn = (value: unknown, key: string): readonly Part[] => {
  const list = valueIn(value, key);
  return Array.isArray(list) ? list.map((one: unknown) => (isPart(one) ? one : {})) : [];
};
const textOf = (value: unknown): string => (typeof value === "string" ? value.slice(0, 60) : "?");
const sayNode = (node: Part): string => textOf(valueIn(node, "name") ?? valueIn(node, "id"));
const foreign = (
  code: "rules.foreign-node" | "rules.foreign-edges" | "rules.foreign-key",
  table: TableId,
  facts: Readonly<Record<string, string | number>>,
): Refusal => refuse(code, { table, ...facts });

function firstOf<T>(items: readonly T[], find: (item: T) => Refusal | null): Refusal | null {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return null;
}

/** Editors write settings that are switched off beside those they use. */
const saysNothing = (value: unknown): boolean => value === null || value === false || value === "";

function findForeignKey(value: unknown, known: readonly string[], table: TableId): Refusal | null {
  if (!isPart(value)) return null;
  const key = Object.keys(value).find((one) => !known.includes(one) && !saysNothing(value[one]));
  return key === undefined ? null : foreign("rules.foreign-key", table, { key: key.slice(0, 60) });
}

/** Of a node of ours: what else it has, how it answers, and what its columns and rows say besides. */
function findForeignSetting(node: Part, table: TableId, answers: readonly string[]): Refusal | null {
  const ofNode = findForeignKey(node, ["id", "type", "name", "position", "content"], table);
  if (ofNode) return ofNode;
  const content = valueIn(node, "content");
  if (node.type !== "decisionTableNode") return findForeignKey(content, [], table);
  const hitPolicy = valueIn(content, "hitPolicy");
  if (hitPolicy !== hitPolicies[table])
    return foreign("rules.foreign-key", table, { key: `hitPolicy: ${textOf(hitPolicy)}` });
  if (valueIn(content, "executionMode") !== "single") {
    const mode = findForeignKey({ executionMode: valueIn(content, "executionMode") ?? null }, [], table);
    if (mode) return mode;
  }
  const [inputs, outputs, rules] = ["inputs", "outputs", "rules"].map((key) => listIn(content, key));
  const columns = [...(inputs ?? []), ...(outputs ?? [])];
  const ids = columns.flatMap(({ id }) => (typeof id === "string" ? [id] : []));
  // Cells are read by the name of their column: under another id a condition would be passed over.
  const named = [
    ...(inputs ?? []).filter(({ id, field }) => id !== field),
    ...(outputs ?? []).filter(({ id, field }) => id !== `out-${textOf(field)}` || !answers.includes(textOf(field))),
  ];
  const [astray] = named;
  if (astray) return foreign("rules.foreign-key", table, { key: textOf(astray.id) });
  return (
    findForeignKey(content, ["hitPolicy", "executionMode", "inputs", "outputs", "rules"], table) ??
    firstOf(columns, (column) => findForeignKey(column, ["id", "name", "field"], table)) ??
    firstOf(rules ?? [], (rule) => findForeignKey(rule, ["_id", "_description", ...ids], table))
  );
}
