/** After a cloud was asked, until nobody waits for its answer any more. */
export const answerTime = 60_000;
/** After the end of an authorisation, until what was under way has come. */
export const grace = 60_000;
