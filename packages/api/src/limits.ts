/** Most bytes of a file that is sent to be verified; larger ones are for the command line. */
export const verificationLimitBytes: number = 50 * 1024 * 1024;
