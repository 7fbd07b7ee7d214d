export { outbox } from '../../messaging/src/index';
