import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parseSync } from "vite";

const source = join(import.meta.dirname, "..");
/** Attributes whose text people see or hear. */
const SEEN = new Set([
  "aria-label",
  "aria-description",
  "alt",
  "title",
  "placeholder",
  "label",
  "caption",
  "lead",
  "description",
  "summary",
  "okText",
  "cancelText",
  "message",
  "header",
  "content",
]);
const WORD = /\p{L}{2,}/u;
const HAN = /\p{Script=Han}/u;

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

/** Texts in a source that a reader would see and that do not come from the texts of an area. */
export function findUntranslated(fileName: string, code: string): string[] {
  const { program, errors } = parseSync(fileName, code);
  assert.equal(errors.length, 0, `${fileName} does not parse`);
  const found: string[] = [];
  const text = (node: unknown): string | undefined => {
    if (!isNode(node)) return undefined;
    if (node.type === "Literal" && typeof node.value === "string") return node.value;
    if (node.type === "TemplateLiteral") {
      const quasis = Array.isArray(node.quasis) ? node.quasis : [];
      return quasis
        .map((part: { value?: { raw?: string } }) => part.value?.raw ?? "")
        .join(" ")
        .trim();
    }
    if (node.type === "JSXExpressionContainer") return text(node.expression);
    if (node.type === "ConditionalExpression")
      return [text(node.consequent), text(node.alternate)].filter(Boolean).join(" ");
    if (node.type === "LogicalExpression") return [text(node.left), text(node.right)].filter(Boolean).join(" ");
    return undefined;
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const inner of node) walk(inner);
      return;
    }
    if (!isNode(node)) return;
    if (node.type === "JSXText" && typeof node.value === "string" && WORD.test(node.value))
      found.push(node.value.trim());
    if (node.type === "JSXElement" && Array.isArray(node.children))
      for (const child of node.children)
        if (isNode(child) && child.type === "JSXExpressionContainer") {
          const words = text(child);
          if (words && WORD.test(words)) found.push(words);
        }
    if (node.type === "JSXAttribute" && isNode(node.name) && SEEN.has(String(node.name.name))) {
      const words = text(node.value);
      if (words && WORD.test(words)) found.push(words);
    }
    // An icon of the library tells its own English name, unless it is drawn for the eye alone.
    if (node.type === "JSXOpeningElement" && isNode(node.name) && /(Outlined|Filled)$/.test(String(node.name.name))) {
      const attributes = Array.isArray(node.attributes) ? node.attributes : [];
      const hidden = attributes.some((one) => isNode(one) && isNode(one.name) && one.name.name === "aria-hidden");
      if (!hidden) found.push(`<${String(node.name.name)}>`);
    }
    const han = text(node);
    if (han && node.type !== "JSXExpressionContainer" && HAN.test(han)) found.push(han);
    for (const [key, inner] of Object.entries(node)) if (key !== "parent") walk(inner);
  };
  walk(program);
  return [...new Set(found)];
}

test("no page cuts the day out of a time: its day is the organisation's, not that of UTC", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const cut = /\b(?:at|\w+(?:At|By))\.slice\(0, 10\)/;
  assert.deepEqual(
    files.filter((name) => cut.test(readFileSync(join(source, name), "utf8"))),
    [],
  );
});

test("no text that people see stands in the code outside the texts of an area", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.ts$/.test(name) && !/^i18n[\\/]/.test(name),
  );
  assert.ok(files.length > 20);
  const found = files.flatMap((name) =>
    findUntranslated(name, readFileSync(join(source, name), "utf8")).map((words) => `${name}: ${words}`),
  );
  assert.deepEqual(found, []);
});

test("the search finds text in elements, attributes, expressions and Chinese anywhere", () => {
  assert.deepEqual(findUntranslated("a.tsx", "const a = <p>Seal now</p>;"), ["Seal now"]);
  assert.deepEqual(findUntranslated("a.tsx", 'const a = <img alt="A seal" />;'), ["A seal"]);
  assert.deepEqual(findUntranslated("a.tsx", 'const a = <p>{busy ? "Waiting" : "Ready"}</p>;'), ["Waiting Ready"]);
  assert.deepEqual(findUntranslated("a.tsx", "const a = <b title={`Leaf " + "$" + "{n}`} />;"), ["Leaf"]);
  assert.deepEqual(findUntranslated("a.ts", 'const a = "盖章";'), ["盖章"]);
  assert.deepEqual(findUntranslated("a.tsx", "const a = <PlusOutlined />;"), ["<PlusOutlined>"]);
  assert.deepEqual(findUntranslated("a.tsx", "const a = <PlusOutlined aria-hidden />;"), []);
  assert.deepEqual(findUntranslated("a.tsx", 'const a = <p className="note">{t("x")}: {n} ×</p>;'), []);
});
