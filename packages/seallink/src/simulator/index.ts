export { type Mechanics, PowerCut, SimulatedBox, type SimulatedParts } from "./box.ts";
export { SimulatedBooks } from "./books.ts";
