// npm run openapi: writes the contract beside the package; a test compares.
import { writeFileSync } from "node:fs";
import { describeApi } from "./openapi.ts";

writeFileSync(new URL("../openapi.json", import.meta.url), `${JSON.stringify(describeApi(), null, 1)}\n`);
