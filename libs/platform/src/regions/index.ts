export * from './divisions';
export * from './regions';
