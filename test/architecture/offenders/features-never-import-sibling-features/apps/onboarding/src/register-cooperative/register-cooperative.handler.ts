export { sibling } from '../verify-contact/verify-contact.handler';
