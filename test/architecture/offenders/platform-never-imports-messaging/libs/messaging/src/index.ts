export const outbox = 1;
