import { walkEveryPage } from "./every-page.ts";

walkEveryPage("en", 1440);
