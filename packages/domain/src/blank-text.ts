/** What shows nothing where it stands: spaces, the empty pattern of Braille, zero-width and other unseen characters. */
const unseen = /[\s\u2800\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** Whether a text shows nothing to whoever reads it. */
export const isBlank = (text: string): boolean => text.replace(unseen, "") === "";
