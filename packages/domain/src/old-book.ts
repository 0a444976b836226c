/** Registers that were kept on paper before; a book of theirs is scanned, closed with its last number and kept. */
export const OLD_BOOK_REGISTERS = ["seal", "use", "custody", "take-out", "life", "loss"] as const;
export type OldBookRegister = (typeof OLD_BOOK_REGISTERS)[number];
