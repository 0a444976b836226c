import { walkAccess } from "./test-walk-access.ts";

walkAccess("requests");
