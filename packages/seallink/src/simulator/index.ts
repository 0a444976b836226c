export { SimulatedBooks } from "./books.ts";
export { type Mechanics, PowerCut, SimulatedBox, type SimulatedParts } from "./box.ts";
