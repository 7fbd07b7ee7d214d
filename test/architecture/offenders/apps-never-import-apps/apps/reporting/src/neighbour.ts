export const neighbour = 1;
