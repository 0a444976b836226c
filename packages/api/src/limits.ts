/** Most bytes of a file that is sent to be verified; larger ones are for the command line. */
export const VERIFICATION_LIMIT_BYTES = 50 * 1024 * 1024;
/** The largest document that is taken: 50 MB. The server refuses more, and pages say so before anything is sent. */
export const UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024;
/** How many documents a request may name, and how many places a document may have. */
export const MOST_DOCUMENTS = 20;
export const MOST_PLACEMENTS = 50;
/** How many requests are approved by one act: as many as a person still looks at. */
export const MOST_IN_BATCH = 20;
