import { walkAccess } from "./test-walk-access.ts";

walkAccess("seals");
