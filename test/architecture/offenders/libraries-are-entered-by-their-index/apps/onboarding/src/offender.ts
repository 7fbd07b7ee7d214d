export { secret } from '../../../libs/messaging/src/secret';
