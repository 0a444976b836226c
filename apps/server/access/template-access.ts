import { Readable } from "node:stream";
import type { RouteKey } from "@chancery/api/client";
import { beginTemplate } from "../features/templates/draft-service.ts";
import { testContract } from "../platform/test-pdf.ts";
import type { Access } from "./access-table.ts";
import { both, everyone, except, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

const draftOf = (world: World): Promise<string> =>
  beginTemplate(world.env, world.person("own seal-administrator"), {
    ...{ stream: Readable.from([testContract()]), fileName: "contract.pdf" },
  });

const entityOf = async (world: World): Promise<string> => {
  const { entity_id: entityId } = await world.env.db
    .selectFrom("people")
    .select("entity_id")
    .where("person_id", "=", world.person("own seal-administrator"))
    .executeTakeFirstOrThrow();
  return entityId ?? "";
};

const writers = own("seal-administrator");
/** A draft is its writer's alone; another entity's administrator is told so where he would change it. */
const others: Access["refused"] = [409, "template.not-your-draft", except(both("seal-administrator"), writers)];
const ofADraft = { of: "", allowed: writers, hidden: except(everyone, writers) };

/** Everybody reads the templates in force; who runs the seals of an entity writes its drafts, and others decide. */
export const templateAccess = {
  "GET /v1/templates": [{ of: "", allowed: everyone }],
  "POST /v1/templates": [{ of: "", allowed: both("seal-administrator") }],
  "GET /v1/templates/versions/:versionId": [ofADraft],
  "GET /v1/templates/versions/:versionId/file": [ofADraft],
  "PUT /v1/templates/versions/:versionId": [{ of: "", allowed: writers, refused: others }],
  "DELETE /v1/templates/versions/:versionId": [{ of: "", allowed: writers, refused: others }],
} as const satisfies Partial<Record<RouteKey, readonly Access[]>>;

export const templateCalls: Readonly<
  Record<keyof typeof templateAccess, Readonly<Record<string, (world: World) => Promise<TestCall> | TestCall>>>
> = {
  "GET /v1/templates": { "": () => ({}) },
  "POST /v1/templates": { "": () => ({ file: { name: "contract.pdf", bytes: testContract() } }) },
  "GET /v1/templates/versions/:versionId": { "": async (world) => ({ params: { versionId: await draftOf(world) } }) },
  "GET /v1/templates/versions/:versionId/file": {
    "": async (world) => ({ params: { versionId: await draftOf(world) } }),
  },
  "PUT /v1/templates/versions/:versionId": {
    "": async (world) => ({
      params: { versionId: await draftOf(world) },
      body: {
        ...{
          revision: 1,
          entityId: await entityOf(world),
          name: { en: "Contract", zh: "合同" },
          documentClass: "contract",
        },
        ...{ language: "en", replaces: null, marks: [] },
      },
    }),
  },
  "DELETE /v1/templates/versions/:versionId": {
    "": async (world) => ({ params: { versionId: await draftOf(world) } }),
  },
};
