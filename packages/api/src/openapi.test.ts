import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describeApi } from "./openapi.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

const described = describeApi();

test("openapi.json is what the route table says; `npm run openapi` writes it anew", () => {
  const written = readFileSync(new URL("../openapi.json", import.meta.url), "utf8");
  assert.ok(written === `${JSON.stringify(described, null, 1)}\n`, "packages/api/openapi.json is not up to date");
});

test("the description is a valid OpenAPI 3.1 document, and every reference in it leads somewhere", async () => {
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(JSON.stringify(described)));
  assert.deepEqual(result.valid ? [] : result.errors, []);
  assert.equal(validator.version, "3.1");
  const references = JSON.stringify(described).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g);
  for (const [whole, kind = "", name = ""] of references) {
    const group = described.components[kind] as Record<string, unknown> | undefined;
    assert.ok(group?.[name], whole);
  }
  assert.doesNotMatch(JSON.stringify(described), /#\/\$defs|"\$schema"/);
});

test("every route is described once, with its way in, its inputs and a problem as the other answer", () => {
  const names = new Set<string>();
  for (const [key, route] of Object.entries<Route>(routes)) {
    const [method = "", template = ""] = key.split(" ");
    const path = template.replace(/:(\w+)/g, "{$1}").replace("*", "{path}");
    const operation = described.paths[path]?.[method.toLowerCase()] as {
      operationId: string;
      security: Record<string, unknown>[];
      parameters?: { name: string; in: string; required: boolean }[];
      requestBody?: { content: Record<string, unknown> };
      responses: Record<string, unknown>;
    };
    assert.ok(operation, key);
    assert.ok(!names.has(operation.operationId), `${key} has another route's name`);
    names.add(operation.operationId);
    const ways = operation.security.map((way) => Object.keys(way).join("+"));
    const wanted = { public: [], operator: ["operator", ""] }[String(route.permission)];
    assert.deepEqual(ways, wanted ?? [method === "GET" ? "session" : "session+csrf"], key);
    const inPath = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
    assert.deepEqual(
      inPath,
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      key,
    );
    assert.equal(
      (operation.parameters ?? []).some((one) => one.name === "Idempotency-Key" && one.required),
      route.idempotent === true,
      key,
    );
    const body = Object.keys(operation.requestBody?.content ?? {});
    assert.deepEqual(body, route.upload ? ["multipart/form-data"] : route.body ? ["application/json"] : [], key);
    assert.deepEqual(operation.responses.default, { $ref: "#/components/responses/Problem" }, key);
    assert.equal(typeof route.response === "string", route.mediaType !== undefined, `${key}: a file says what it is`);
  }
});
