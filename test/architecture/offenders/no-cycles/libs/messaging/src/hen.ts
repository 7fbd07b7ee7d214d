import { egg } from './egg';
export const hen = () => egg;
