export const SEARCH_LIMIT = 20;
export const MAX_SEARCH_LIMIT = 200;
/** How long a search waits for the change that it was told to include. */
export const PATIENCE_FOR_SEQ = 2_000;
