import { z } from "zod";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";
import { decidingRoutes } from "./routes/deciding.ts";
import { documentRoutes } from "./routes/documents.ts";
import { installationRoutes } from "./routes/installation.ts";
import * as ledger from "./routes/ledger.ts";
import * as organisation from "./routes/organisation.ts";
import * as requestDetail from "./routes/request-detail.ts";
import * as requestParts from "./routes/request-parts.ts";
import { requestRoutes } from "./routes/requests.ts";
import * as seals from "./routes/seals.ts";
import * as session from "./routes/session.ts";
import * as verification from "./routes/verification.ts";
import { routes } from "./routes.ts";
import * as shapes from "./shapes.ts";

type Json = Record<string, unknown>;
/** An OpenAPI 3.1 document, as far as its own fields are used here. */
export interface OpenApi extends Json {
  openapi: string;
  paths: Record<string, Record<string, Json>>;
  components: Record<string, Json>;
}

/** The table by its parts, for the reader's table of contents. */
const parts: Readonly<Record<string, Readonly<Record<string, Route>>>> = {
  installation: installationRoutes,
  session: session.sessionRoutes,
  organisation: organisation.organisationRoutes,
  seals: seals.sealRoutes,
  requests: { ...documentRoutes, ...requestRoutes, ...decidingRoutes },
  ledger: ledger.ledgerRoutes,
  verification: verification.verificationRoutes,
};
const tagOf = (key: string): string => Object.keys(parts).find((part) => key in (parts[part] ?? {})) ?? "other";

/** The named schemas: what the modules of the contract export under a name of its own. */
function nameSchemas(): z.core.$ZodRegistry<{ id: string }> {
  const named = z.registry<{ id: string }>();
  const modules = {
    ...shapes,
    ...session,
    ...organisation,
    ...seals,
    ...requestParts,
    ...requestDetail,
    ...ledger,
    ...verification,
    Problem,
  };
  for (const [id, schema] of Object.entries(modules)) if (schema instanceof z.ZodType) named.add(schema, { id });
  return named;
}

/**
 * The contract as an OpenAPI 3.1 document, from the same table that the server registers and validates by. Its JSON is
 * kept as openapi.json beside this package and compared in a test.
 */
export function describeApi(): OpenApi {
  const named = nameSchemas();
  const schemas: Record<string, Json> = {};
  const schemaOf = (schema: z.ZodType, io: "input" | "output"): Json => {
    const { $schema: _, $defs, ...own } = z.toJSONSchema(schema, { metadata: named, io, override: tidy }) as Json;
    for (const [name, definition] of Object.entries(($defs as Record<string, Json>) ?? {})) {
      const { id: __, ...moved } = point(definition) as Json;
      // A shape that takes something else than it gives would need two names.
      if (schemas[name] && JSON.stringify(schemas[name]) !== JSON.stringify(moved))
        throw new Error(`the schema ${name} is not the same going in and coming out`);
      schemas[name] = moved;
    }
    return point(own) as Json;
  };
  const paths: OpenApi["paths"] = {};
  for (const [key, route] of Object.entries<Route>(routes)) {
    const [method = "", template = ""] = key.split(" ");
    const path = template.replace(/:(\w+)/g, "{$1}").replace("*", "{path}");
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeRoute(key, route, schemaOf) };
  }
  const problem = schemaOf(Problem, "output");
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    openapi: "3.1.1",
    info: {
      title: "Chancery",
      version: "0.1.0",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description:
        "Seals, requests for their use, and the ledger that proves them. How to sign in, repeat calls safely and read problems is told in docs/api.md.",
    },
    servers: [{ url: "/" }],
    tags: Object.keys(parts).map((name) => ({ name })),
    paths,
    components: {
      schemas: sorted,
      responses: {
        Problem: {
          description: "A problem (RFC 9457). `code` is stable; `refusals` tell the rules and the way out.",
          content: { "application/problem+json": { schema: problem } },
        },
      },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-chancery", description: "`chancery` over plain http." },
        csrf: { type: "apiKey", in: "header", name: "x-csrf-token", description: "`csrfToken` of the session." },
        operator: { type: "http", scheme: "bearer", description: "CHANCERY_METRICS_TOKEN." },
      },
    },
  };
}

function describeRoute(key: string, route: Route, schemaOf: (schema: z.ZodType, io: "input" | "output") => Json): Json {
  const [method = "", template = ""] = key.split(" ");
  const parameters: Json[] = [];
  for (const name of template.match(/(?<=:)\w+|\*/g) ?? []) {
    const schema = route.params?.shape[name];
    parameters.push({
      ...{ name: name === "*" ? "path" : name, in: "path", required: true },
      ...(name === "*" ? { description: "The rest of the path, slashes included." } : {}),
      schema: schema ? schemaOf(schema as z.ZodType, "input") : { type: "string" },
    });
  }
  for (const [name, schema] of Object.entries(route.query?.shape ?? {})) {
    const optional = (schema as z.ZodType).safeParse(undefined).success;
    parameters.push({ name, in: "query", required: !optional, schema: schemaOf(schema as z.ZodType, "input") });
  }
  if (route.idempotent)
    parameters.push({
      ...{ name: "Idempotency-Key", in: "header", required: true },
      description: "8 to 100 visible characters, new for each act; sent again it gets the first answer.",
      schema: { type: "string", minLength: 8, maxLength: 100 },
    });
  const secured =
    route.permission === "public"
      ? []
      : route.permission === "operator"
        ? [{ operator: [] }, {}]
        : [method === "GET" ? { session: [] } : { session: [], csrf: [] }];
  return {
    operationId: operationOf(method, template),
    tags: [tagOf(key)],
    summary: route.summary,
    ...(["public", "session", "operator"].includes(route.permission)
      ? {}
      : { description: `Needs the permission \`${route.permission}\`.` }),
    security: secured,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...describeBody(route, schemaOf),
    responses: {
      "200": { description: "Done", content: describeAnswer(route, schemaOf) },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function describeBody(route: Route, schemaOf: (schema: z.ZodType, io: "input") => Json): Json {
  if (route.upload) {
    const file = { type: "string", contentMediaType: "application/octet-stream" };
    const schema = { type: "object", properties: { file }, required: ["file"] };
    return { requestBody: { required: true, content: { "multipart/form-data": { schema } } } };
  }
  if (!route.body) return {};
  const schema = schemaOf(route.body, "input");
  return { requestBody: { required: true, content: { "application/json": { schema } } } };
}

function describeAnswer(route: Route, schemaOf: (schema: z.ZodType, io: "output") => Json): Json {
  if (route.response === "text") return { [route.mediaType ?? "text/plain"]: { schema: { type: "string" } } };
  if (route.response === "binary") return { [route.mediaType ?? "application/octet-stream"]: {} };
  return { "application/json": { schema: schemaOf(route.response, "output") } };
}

/** Answers may get fields in a later version, so nothing is closed; and nobody needs to read the bounds of a double. */
function tidy({ jsonSchema }: { jsonSchema: Json }): void {
  delete jsonSchema.additionalProperties;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/** References go to the components of the whole document. */
function point(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(point);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "$ref" && typeof inner === "string" ? inner.replace("#/$defs/", "#/components/schemas/") : point(inner),
    ]),
  );
}

/** `GET /v1/seals/:sealId/face.svg` is getSealsBySealIdFaceSvg. */
function operationOf(method: string, template: string): string {
  const words = template
    .replace("/v1/", "/")
    .replace("*", "rest")
    .replace(/:(\w)/g, (_, first: string) => `by-${first}`)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  return [method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
}
