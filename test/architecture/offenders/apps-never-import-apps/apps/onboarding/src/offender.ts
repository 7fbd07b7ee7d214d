export { neighbour } from '../../reporting/src/neighbour';
